namespace ClusterEmu.Api;

/// <summary>What the API server fills into Endpoints.</summary>
/// <remarks>Source: SetDefaults_Endpoints in pkg/apis/core/v1/defaults.go.</remarks>
public static class EndpointsDefaults
{
    public static Endpoints Apply(Endpoints endpoints) => endpoints with { Subsets = endpoints.Subsets.SelectChanged(Subset) };

    private static EndpointSubset Subset(EndpointSubset subset)
    {
        var ports = subset.Ports.SelectChanged(port => port.Protocol.Length == 0 ? port with { Protocol = "TCP" } : port);
        return ReferenceEquals(ports, subset.Ports) ? subset : subset with { Ports = ports };
    }
}
