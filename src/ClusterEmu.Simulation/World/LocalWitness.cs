using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.Simulation;

/// <summary>Tells <see cref="SimulatedWorld.Events"/> what the clients in the API server's own process ask and are told.</summary>
internal sealed class LocalWitness(SimulatedWorld world) : IApiWitness
{
    private const string Site = SimulatedKubeClient.Server;

    public long Asked(ApiCall call)
    {
        var id = world.NextStream();
        if (world.Events.ApiAsked.IsHeard) world.Events.ApiAsked.Publish(new ApiAsked(id, Site, call));
        return id;
    }

    public void Answered(long id, ApiReply reply) => LinkedCall.Report(world, id, Site, reply);

    public long Opened(WatchCall call)
    {
        var id = world.NextStream();
        if (world.Events.WatchOpened.IsHeard) world.Events.WatchOpened.Publish(new WatchOpened(id, Site, call));
        return id;
    }

    public void Delivered(long id, long revision, WatchEvent message)
    {
        if (world.Events.WatchDelivered.IsHeard) world.Events.WatchDelivered.Publish(new WatchDelivered(id, revision, message));
    }

    public void Ended(long id, int code)
    {
        if (world.Events.WatchEnded.IsHeard) world.Events.WatchEnded.Publish(new WatchEnded(id, code));
    }
}
