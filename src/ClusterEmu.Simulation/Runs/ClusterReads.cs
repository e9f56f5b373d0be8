using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.Simulation;

/// <summary>Reads the cluster's objects out of band: no message, no time, no fault.</summary>
internal static class ClusterReads
{
    /// <summary>All objects of a kind; empty while the API server is down.</summary>
    public static IReadOnlyList<T> All<T>(SimulatedWorld world, KindInfo kind) where T : IKubeObject
    {
        List<T> found = [];
        world.ControlPlane.Core?.Handle(new ApiRequest { Verb = ApiVerb.List, Kind = kind, User = "system:simulation" }, new Answer(response =>
        {
            foreach (var item in response.List?.Items ?? []) found.Add((T)item.Decode());
        }));
        return found;
    }

    private sealed class Answer(Action<ApiResponse> take) : IApiReply
    {
        public void Complete(ApiResponse response) => take(response);
    }
}
