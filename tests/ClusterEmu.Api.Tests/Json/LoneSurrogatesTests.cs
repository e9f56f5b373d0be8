using System.Text;

namespace ClusterEmu.Api.Tests;

public sealed class LoneSurrogatesTests
{
    [Theory]
    [InlineData("""{"a":"b"}""", null)]
    [InlineData("""{"a":"\ud83d\ude00"}""", null)]
    [InlineData("""{"a":"\\ud800"}""", null)] // An escaped backslash, then letters.
    [InlineData("""{"a":"\ud800"}""", """{"a":"\ufffd"}""")]
    [InlineData("""{"a":"\ude00\ud83d"}""", """{"a":"\ufffd\ufffd"}""")]
    [InlineData("""{"\uD800\ud83d\ude00x":1}""", """{"\ufffd\ud83d\ude00x":1}""")]
    [InlineData("\"\\ud8", null)] // Cut off: no escape at all.
    public void Halves_AreReplacedAsGoDoes(string json, string? mended)
    {
        var found = LoneSurrogates.Replace(Encoding.UTF8.GetBytes(json));
        Assert.Equal(mended, found is null ? null : Encoding.UTF8.GetString(found));
    }

    [Fact]
    public void ObjectsAndPatchesMayHaveThem()
    {
        var map = (ConfigMap)Kinds.ConfigMap.Decode("""{"data":{"k":"x\ud800y"}}"""u8);
        Assert.Equal("x\ufffdy", map.Data["k"]);
        var patched = StrategicMergePatch.Apply(Kinds.ConfigMap, """{"data":{"a":"b"}}"""u8, """{"data":{"k":"\udc00"}}"""u8);
        Assert.Equal("\ufffd", ((ConfigMap)Kinds.ConfigMap.Decode(patched)).Data["k"]);
    }
}
