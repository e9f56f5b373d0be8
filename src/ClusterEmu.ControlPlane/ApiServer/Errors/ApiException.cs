using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>A request that is refused, with the Status that the client gets.</summary>
public sealed class ApiException(Status status) : Exception(status.Message)
{
    public Status Status => status;
}
