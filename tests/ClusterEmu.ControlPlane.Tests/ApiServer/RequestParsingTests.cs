using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class RequestParsingTests
{
    [Theory] // path; kind ns/name/subresource/rest, or nothing
    [InlineData("/api/v1/pods", "Pod ///")]
    [InlineData("/api/v1/namespaces", "Namespace ///")]
    [InlineData("/api/v1/namespaces/a", "Namespace /a//")]
    [InlineData("/api/v1/namespaces/a/status", "Namespace /a/status/")]
    [InlineData("/api/v1/namespaces/a/finalize", "Namespace /a/finalize/")]
    [InlineData("/api/v1/namespaces/a/pods", "Pod a///")]
    [InlineData("/api/v1/namespaces/a/pods/", "Pod a///")]
    [InlineData("/api/v1/namespaces/a/pods/p/status", "Pod a/p/status/")]
    [InlineData("/apis/apps/v1/namespaces/a/deployments/d/scale", "Deployment a/d/scale/")]
    [InlineData("/api/v1/nodes/n/proxy/clusteremu/status", "Node /n/proxy/clusteremu/status")]
    [InlineData("/api/v1/watch/pods", "Pod /// watch")]
    [InlineData("/api/v1/watch/namespaces", "Namespace /// watch")]
    [InlineData("/api/v1/watch/namespaces/a", "Namespace /a// watch")]
    [InlineData("/api/v1/watch/namespaces/a/pods", "Pod a/// watch")]
    [InlineData("/api/v1/watch/namespaces/a/pods/p", "Pod a/p// watch")]
    [InlineData("/apis/apps/v1/watch/namespaces/a/deployments/d", "Deployment a/d// watch")]
    [InlineData("/api/v1/watch/namespaces/a/pods/p/status", null)]
    [InlineData("/api/v1/watch", null)]
    [InlineData("/api/v1/pods/p", null)]
    [InlineData("/api/v1/namespaces/a/nodes", null)]
    [InlineData("/api/v1/namespaces//pods", null)]
    [InlineData("/api/v1/namespaces/a/pods/p/status/more", null)]
    [InlineData("/api/v2/pods", null)]
    [InlineData("/apis/apps/v1", null)]
    [InlineData("/metrics", null)]
    public void Paths(string path, string? expected)
    {
        var found = RequestTarget.TryParse(KindCatalog.BuiltIn, path, out var target) ? $"{target.Kind.Kind} {target.Namespace}/{target.Name}/{target.Subresource}/{target.Rest}{(target.IsWatch ? " watch" : "")}" : null;
        Assert.Equal(expected, found);
    }

    [Theory] // Accept; form and yaml, or nothing
    [InlineData(null, "Object")]
    [InlineData("*/*", "Object")]
    [InlineData("application/json", "Object")]
    [InlineData("application/yaml", "Object yaml")]
    [InlineData("application/vnd.kubernetes.protobuf,application/json", "Object")]
    [InlineData("application/json;as=Table;v=v1;g=meta.k8s.io,application/json", "Table")]
    [InlineData("application/json;as=Table;v=v9;g=meta.k8s.io,application/json", "Object")]
    [InlineData("application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io", "Metadata")]
    [InlineData("application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList", "Discovery")]
    [InlineData("application/json;q=0.2,application/yaml", "Object yaml")]
    [InlineData("*/*,application/yaml", "Object yaml")]
    [InlineData("application/yaml;q=0.2,*/*;q=0.1", "Object yaml")]
    [InlineData("Application/JSON", "Object")]
    [InlineData("text/html", null)]
    [InlineData("application/vnd.kubernetes.protobuf", null)]
    public void AcceptHeaders(string? accept, string? expected)
    {
        var chosen = Negotiated.Of(accept);
        Assert.Equal(expected, chosen is null ? null : chosen.Form + (chosen.Yaml ? " yaml" : ""));
    }
}
