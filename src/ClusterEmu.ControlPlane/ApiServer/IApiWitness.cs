using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Hears what a client in the API server's own process asks and is told, right before the client itself is told. Must not throw.</summary>
public interface IApiWitness
{
    /// <returns>Names the call to <see cref="Answered"/>.</returns>
    long Asked(ApiCall call);

    void Answered(long id, ApiReply reply);

    /// <returns>Names the watch to <see cref="Delivered"/> and <see cref="Ended"/>.</returns>
    long Opened(WatchCall call);

    /// <param name="id">The watch.</param>
    /// <param name="revision">Of the change; of a bookmark: everything up to it was delivered.</param>
    /// <param name="message">What the subscriber is told.</param>
    void Delivered(long id, long revision, WatchEvent message);

    /// <param name="id">The watch.</param>
    /// <param name="code">As in <see cref="WatchClosed"/>; 0 if the subscriber closed it.</param>
    void Ended(long id, int code);
}
