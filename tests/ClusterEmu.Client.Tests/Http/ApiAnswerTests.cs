using System.Text;
using ClusterEmu.Api;

namespace ClusterEmu.Client.Tests;

public sealed class ApiAnswerTests
{
    private const string List = """
        {"kind":"ConfigMapList","apiVersion":"v1","metadata":{"resourceVersion":"9"},"items":[
          {"metadata":{"namespace":"n","name":"good","resourceVersion":"4"}},
          {"metadata":{"namespace":"n","name":"bad","resourceVersion":"5","creationTimestamp":"tomorrow"}},
          {"metadata":{"namespace":"n","name":"fine","resourceVersion":"6"}}]}
        """;

    [Fact]
    public void AnItemThatCannotBeRead_IsNamed_WhereThatIsAskedFor()
    {
        var reply = ApiAnswer.Read(ApiCall.List(Kinds.ConfigMap) with { SkipUnreadable = true }, 200, Encoding.UTF8.GetBytes(List));
        Assert.True(reply.Ok);
        Assert.Equal(("9", "good fine"), (reply.ResourceVersion, string.Join(' ', reply.Items!.Select(item => item.Metadata.Name))));
        var bad = Assert.Single(reply.Unreadable);
        Assert.Equal((new ObjectKey("n", "bad"), "5"), (bad.Key, bad.ResourceVersion));
        Assert.Contains("tomorrow", bad.Why);
    }

    [Fact]
    public void AnItemThatCannotBeRead_FailsTheListElsewhere() =>
        Assert.False(ApiAnswer.Read(ApiCall.List(Kinds.ConfigMap), 200, Encoding.UTF8.GetBytes(List)).Ok);
}
