namespace ClusterEmu.Api;

/// <summary>What the API server fills into Endpoints. Source: SetDefaults_Endpoints and RepackSubsets in pkg/apis/core/v1 and pkg/api/v1/endpoints.</summary>
public static class EndpointsDefaults
{
    public static Endpoints Apply(Endpoints endpoints) => endpoints with { Subsets = endpoints.Subsets.SelectChanged(Subset) };

    private static EndpointSubset Subset(EndpointSubset subset)
    {
        var ports = subset.Ports.SelectChanged(port => port.Protocol.Length == 0 ? port with { Protocol = "TCP" } : port);
        return ReferenceEquals(ports, subset.Ports) ? subset : subset with { Ports = ports };
    }
}
