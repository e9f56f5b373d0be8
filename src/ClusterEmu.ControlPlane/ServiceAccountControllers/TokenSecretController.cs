using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Fills the token Secrets of service accounts, and deletes those whose account is gone. <see cref="TokenSecrets"/> decides.</summary>
public sealed class TokenSecretController : ControllerActor
{
    private readonly Func<ServiceAccount, string, string> _tokenFor;
    private readonly InformerView<ServiceAccount> _accounts;
    private readonly InformerView<Secret> _secrets;
    private readonly HashSet<ObjectKey> _gone = [];

    /// <param name="services">What to act with; its options say how tokens are made.</param>
    public TokenSecretController(ControllerServices services) : base(services, "tokens-controller")
    {
        _tokenFor = services.Options.TokenFor!;
        _accounts = Follow<ServiceAccount>(Kinds.ServiceAccount, (before, now) =>
        {
            _gone.Remove(ObjectKey.Of((now ?? before)!));
            Enqueue(ObjectKey.Of((now ?? before)!));
        });
        _secrets = Follow<Secret>(Kinds.Secret, (before, now) => { Changed((now ?? before)!); }, groupOf: TokenSecrets.AccountOf);
    }

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new TokenSecretController(services));

    protected override ControllerPlan Reconcile(ObjectKey key)
    {
        var account = _accounts.Objects.Get(key);
        var secrets = _secrets.Objects.InGroup(key.ToString());
        // The account may have been made a moment ago: the server itself is asked before a Secret is deleted.
        if (account is null && secrets.Count > 0 && !_gone.Remove(key)) return ControllerPlan.Of(ApiCall.Get(Kinds.ServiceAccount, key.Namespace, key.Name));
        return TokenSecrets.Plan(account, secrets, _tokenFor, Options.RootCa, Options.TokenSecretsForAll);
    }

    protected override void Answered(ObjectKey key, ApiReply reply)
    {
        if (reply is not { NotFound: true, Call: { Verb: ApiVerb.Get } call } || call.Kind != Kinds.ServiceAccount) return;
        _gone.Add(key);
        Enqueue(key);
    }

    private void Changed(Secret secret)
    {
        if (TokenSecrets.AccountOf(secret) is { } account) Enqueue(new ObjectKey(secret.Metadata.Namespace, account[(secret.Metadata.Namespace.Length + 1)..]));
    }
}
