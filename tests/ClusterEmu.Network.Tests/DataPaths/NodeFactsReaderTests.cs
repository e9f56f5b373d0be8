using ClusterEmu.Api;

namespace ClusterEmu.Network.Tests.DataPaths;

public sealed class NodeFactsReaderTests
{
    [Theory]
    [InlineData(null, ProxyMode.Iptables)]
    [InlineData("ipvs", ProxyMode.Ipvs)]
    [InlineData("iptables", ProxyMode.Iptables)]
    [InlineData("magic", ProxyMode.Iptables)]
    public void TheAnnotation_GoesBeforeTheProcessesMode(string? annotation, ProxyMode expected)
    {
        var annotations = new Dictionary<string, string>(StringComparer.Ordinal);
        if (annotation is not null) annotations[Registration.KubeProxyModeAnnotation] = annotation;
        var node = new Node { Metadata = new ObjectMeta { Name = "node-1", Annotations = annotations } };
        Assert.Equal(expected, NodeFactsReader.Read(node, new AddressPlan(), ProxyMode.Iptables).Mode);
    }
}
