using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>What should become of the token Secrets of one service account. Pure. Source: pkg/controller/serviceaccount/tokens_controller.go.</summary>
public static class TokenSecrets
{
    public const string SecretType = "kubernetes.io/service-account-token";
    public const string NameAnnotation = "kubernetes.io/service-account.name";
    public const string UidAnnotation = "kubernetes.io/service-account.uid";

    /// <summary>The letters that Kubernetes makes names of.</summary>
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>The account that a Secret is for, as namespace/name; null if it holds no token.</summary>
    public static string? AccountOf(Secret secret) =>
        secret.Type == SecretType && secret.Metadata.Annotations.GetValueOrDefault(NameAnnotation) is { Length: > 0 } name ? $"{secret.Metadata.Namespace}/{name}" : null;

    /// <param name="account">The account; null if it is known not to be there.</param>
    /// <param name="secrets">The Secrets that name it.</param>
    /// <param name="tokenFor">Makes a token for a Secret of this name.</param>
    /// <param name="rootCa">The cluster's CA in PEM.</param>
    /// <param name="always">Whether each account has a Secret without asking for it, as in Kubernetes up to 1.23.</param>
    public static ControllerPlan Plan(ServiceAccount? account, IReadOnlyCollection<Secret> secrets, Func<ServiceAccount, string, string> tokenFor, string rootCa, bool always)
    {
        var calls = new List<ApiCall>();
        var mine = new List<Secret>();
        foreach (var secret in secrets)
        {
            if (secret.Metadata.DeletionTimestamp is not null) continue;
            var uid = secret.Metadata.Annotations.GetValueOrDefault(UidAnnotation) ?? "";
            // Its account has gone, or one of the same name has come in its place.
            if (account is null || (uid.Length > 0 && uid != account.Metadata.Uid)) calls.Add(Delete(secret));
            else mine.Add(secret);
        }
        if (account is null || account.Metadata.DeletionTimestamp is not null) return ControllerPlan.Of([.. calls]);
        foreach (var secret in mine)
        {
            if (Filled(account, secret, tokenFor, rootCa) is { } filled) calls.Add(ApiCall.Update(filled));
        }
        if (always && !account.Secrets.Any(reference => mine.Exists(secret => secret.Metadata.Name == reference.Name)))
        {
            calls.Add(mine.Count == 0
                ? ApiCall.Create(New(account))
                : ApiCall.Update(account with { Secrets = [.. account.Secrets, new ObjectReference { Name = mine[0].Metadata.Name }] }));
        }
        return ControllerPlan.Of([.. calls]);
    }

    /// <summary>The Secret with all that it lacks; null if it lacks nothing.</summary>
    private static Secret? Filled(ServiceAccount account, Secret secret, Func<ServiceAccount, string, string> tokenFor, string rootCa)
    {
        var annotations = secret.Metadata.Annotations.With(UidAnnotation, account.Metadata.Uid);
        var data = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (key, value) in secret.Data) data[key] = value;
        var complete = annotations.SameAs(secret.Metadata.Annotations);
        Ensure("ca.crt", rootCa);
        Ensure("namespace", account.Metadata.Namespace);
        if (!data.TryGetValue("token", out var token) || token.Length == 0) Ensure("token", tokenFor(account, secret.Metadata.Name));
        return complete ? null : secret with { Metadata = secret.Metadata with { Annotations = annotations }, Data = data };

        void Ensure(string key, string text)
        {
            var wanted = Encoding.UTF8.GetBytes(text);
            if (wanted.Length == 0 || (data.TryGetValue(key, out var held) && held.AsSpan().SequenceEqual(wanted))) return;
            data[key] = wanted;
            complete = false;
        }
    }

    /// <summary>Its name follows from the account's UID, so that two tries make one Secret.</summary>
    private static Secret New(ServiceAccount account)
    {
        var hash = 2166136261u; // FNV-1a.
        foreach (var letter in account.Metadata.Uid) hash = (hash ^ letter) * 16777619u;
        var suffix = new StringBuilder();
        for (var i = 0; i < 5; i++, hash /= (uint)Letters.Length) suffix.Append(Letters[(int)(hash % (uint)Letters.Length)]);
        return new Secret
        {
            Metadata = new ObjectMeta
            {
                Name = $"{account.Metadata.Name}-token-{suffix}",
                Namespace = account.Metadata.Namespace,
                Annotations = EmptyMap.Strings.With(NameAnnotation, account.Metadata.Name).With(UidAnnotation, account.Metadata.Uid),
            },
            Type = SecretType,
        };
    }

    private static ApiCall Delete(Secret secret) => ApiCall.Delete(
        Kinds.Secret, secret.Metadata.Namespace, secret.Metadata.Name, new DeleteOptions { Preconditions = new Preconditions { Uid = secret.Metadata.Uid } });
}
