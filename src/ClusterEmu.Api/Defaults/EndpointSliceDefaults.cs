namespace ClusterEmu.Api;

/// <summary>What the API server fills into an EndpointSlice.</summary>
/// <remarks>Source: SetDefaults_EndpointPort in pkg/apis/discovery/v1/defaults.go.</remarks>
public static class EndpointSliceDefaults
{
    public static EndpointSlice Apply(EndpointSlice slice) => slice with
    {
        Ports = slice.Ports.SelectChanged(port => port is { Name: not null, Protocol: not null }
            ? port
            : port with { Name = port.Name ?? "", Protocol = port.Protocol ?? "TCP" }),
    };
}
