using System.Text;
using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class IndexFieldsTests
{
    [Theory] // JSON; namespace, name, uid, labels, owners, node
    [InlineData("""{"metadata":{"name":"a","namespace":"n","uid":"u","labels":{"x":"1"},"ownerReferences":[{"kind":"K","uid":"o1"},{"uid":"o2"}]},"spec":{"nodeName":"node-1"}}""", "n/a/u/x=1/o1,o2/node-1")]
    [InlineData("""{"kind":"Pod","spec":{"containers":[{"name":"nodeName"}],"nodeName":"b"},"metadata":{"name":"a"}}""", "/a////b")]
    [InlineData("""{"metadata":{"annotations":{"name":"no"},"name":"yes"},"status":{"spec":{"nodeName":"no"}}}""", "/yes////")]
    [InlineData("""{"metadata":null,"spec":null}""", "/////")]
    [InlineData("""{"metadata":{"labels":null,"ownerReferences":null,"name":"a"},"spec":[1]}""", "/a////")]
    public void Read_FindsWhatTheStoreNeeds(string json, string expected)
    {
        var fields = IndexFields.Read(Encoding.UTF8.GetBytes(json));
        var labels = string.Join(",", fields.Labels.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.Equal(expected, $"{fields.Namespace}/{fields.Name}/{fields.Uid}/{labels}/{string.Join(",", fields.OwnerUids)}/{fields.NodeName}");
    }

    [Fact]
    public void Of_FindsInEveryKindOfRecordWhatReadFindsInItsJson()
    {
        const string json = """
            {"metadata":{"name":"a","namespace":"n","uid":"u","labels":{"x":"1","b":""},
             "ownerReferences":[{"apiVersion":"v1","kind":"K","name":"k","uid":"o1"},{"apiVersion":"v1","kind":"K","name":"l","uid":"o2"}]},
             "spec":{"nodeName":"node-1"}}
            """;
        var withNode = new List<string>();
        foreach (var kind in KindCatalog.All)
        {
            var value = kind.Decode(Encoding.UTF8.GetBytes(json));
            var (read, of) = (IndexFields.Read(kind.Encode(value)), IndexFields.Of(value));
            Assert.Equal((read.Namespace, read.Name, read.Uid, read.NodeName), (of.Namespace, of.Name, of.Uid, of.NodeName));
            Assert.Equal(read.Labels.OrderBy(pair => pair.Key, StringComparer.Ordinal), of.Labels.OrderBy(pair => pair.Key, StringComparer.Ordinal));
            Assert.Equal(read.OwnerUids, of.OwnerUids);
            Assert.Equal(["o1", "o2"], of.OwnerUids);
            if (of.NodeName.Length > 0) withNode.Add(kind.Kind);
        }
        Assert.Equal(["Pod", "VolumeAttachment"], withNode);
    }
}
