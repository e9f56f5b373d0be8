using System.Text;

namespace ClusterEmu.Api.Tests;

/// <summary>Objects for tables of cases, written as the JSON of a manifest's part.</summary>
internal static class Some
{
    /// <summary>What the API server would say of all these problems: paths and bodies, in order.</summary>
    internal static string Said(IReadOnlyList<FieldError> errors) => string.Join(" | ", errors);

    /// <summary>A Service as it stands before validation: defaulted, prepared, with families and an address of its own.</summary>
    internal static Service Service(string spec, string annotations = "{}")
    {
        var (service, errors) = Unallocated(spec, annotations);
        Assert.Empty(errors);
        return Allocated(service);
    }

    /// <summary>The same, up to the point where families are assigned, and what that said.</summary>
    internal static (Service Service, IReadOnlyList<FieldError> Errors) Unallocated(string spec, string annotations = "{}")
    {
        var service = Of(Kinds.Service, $$"""{"metadata":{"name":"web","namespace":"shop","annotations":{{annotations}}},"spec":{{spec}}}""");
        return ServiceIPFamilies.Assign(ServiceStrategy.PrepareForCreate(ServiceDefaults.Apply(service)), null, ["IPv4"]);
    }

    /// <summary>A Pod as it stands before validation, with this specification.</summary>
    internal static Pod Pod(string spec, string annotations = "{}") => PodStrategy.PrepareForCreate(PodDefaults.Apply(
        Of(Kinds.Pod, $$"""{"metadata":{"name":"web-0","namespace":"shop","annotations":{{annotations}}},"spec":{{spec}}}""")));

    /// <summary>The same with one container, these members of it being given.</summary>
    internal static Pod PodWith(string container, string spec = "") =>
        Pod("{" + spec + "\"containers\":[{\"name\":\"c\",\"image\":\"i\"" + (container.Length > 0 ? "," + container : "") + "}]}");

    /// <summary>A Deployment as it stands before validation, with this specification.</summary>
    internal static Deployment Deployment(string spec) => WorkloadStrategy.PrepareForCreate(DeploymentDefaults.Apply(
        Of(Kinds.Deployment, $$"""{"metadata":{"name":"web","namespace":"shop"},"spec":{{spec}}}""")));

    /// <summary>The object as if it had been stored.</summary>
    internal static T Stored<T>(T value) where T : class, IKubeObject =>
        (T)value.WithMetadata(value.Metadata with { Uid = "u-1", ResourceVersion = "7", CreationTimestamp = DateTimeOffset.UnixEpoch });

    /// <summary>Decodes an object of this kind.</summary>
    internal static T Of<T>(KindInfo<T> kind, string json) where T : class, IKubeObject => (T)kind.Decode(Encoding.UTF8.GetBytes(json));

    private static Service Allocated(Service service)
    {
        var spec = service.Spec;
        if (spec.Type != "ExternalName" && spec.ClusterIPs.Count == 0) spec = spec with { ClusterIP = "10.96.0.20", ClusterIPs = ["10.96.0.20"] };
        if (spec.NeedsHealthCheckNodePort() && spec.HealthCheckNodePort == 0) spec = spec with { HealthCheckNodePort = 31000 };
        return service with { Spec = spec };
    }
}
