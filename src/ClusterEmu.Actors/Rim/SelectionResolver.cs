namespace ClusterEmu.Actors;

internal static class SelectionResolver
{
    public static async Task<IActorRef> ResolveOne(ActorSelection selection, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            var identity = await selection.Ask<ActorIdentity>(new Identify(null!), timeout, cancellationToken).ConfigureAwait(false);
            return identity.Subject ?? throw new ActorNotFoundException("subject was null");
        }
        catch (Exception failure)
        {
            throw new ActorNotFoundException($"Exception occurred while resolving {selection}", failure);
        }
    }
}
