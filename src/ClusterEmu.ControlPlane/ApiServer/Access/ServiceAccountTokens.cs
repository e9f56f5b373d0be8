using System.Text.Json;
using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The tokens of service accounts: what stands in them, and when they are good.</summary>
/// <remarks>
/// Sources: pkg/serviceaccount (claims.go, legacy.go), KEP-1205 (bound tokens). A token is good while its account, and the object that it is
/// bound to, are there with the UIDs that it names.
/// </remarks>
public sealed class ServiceAccountTokens(ITokenKey key, Func<DateTimeOffset> clock, Func<string> newUid)
{
    /// <summary>Who gives the tokens out, and whom they are meant for unless they say otherwise.</summary>
    public const string Issuer = "https://kubernetes.default.svc.cluster.local";

    /// <summary>The issuer of tokens that lie in Secrets.</summary>
    private const string LegacyIssuer = "kubernetes/serviceaccount";
    private const string LegacyPrefix = "kubernetes.io/serviceaccount/";

    /// <summary>Bound objects go a little later than they are marked: a Pod that ends may still say goodbye.</summary>
    private static readonly TimeSpan DeletionLeeway = TimeSpan.FromSeconds(60);

    public ITokenKey Key => key;

    /// <summary>Makes a token that ends.</summary>
    /// <param name="account">Its account.</param>
    /// <param name="audiences">At least one.</param>
    /// <param name="seconds">How long it is good.</param>
    /// <param name="bound">The Pod, Node or Secret that it is bound to; null for none.</param>
    /// <returns>The token and its end.</returns>
    public (string Token, DateTimeOffset End) Bound(ServiceAccount account, IReadOnlyList<string> audiences, long seconds, IKubeObject? bound)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(clock().ToUnixTimeSeconds());
        var end = now.AddSeconds(seconds);
        var (ns, id) = (account.Metadata.Namespace, newUid());
        var token = JsonWebToken.Make(key, claims =>
        {
            claims.WriteStartArray("aud");
            foreach (var audience in audiences) claims.WriteStringValue(audience);
            claims.WriteEndArray();
            claims.WriteNumber("exp", end.ToUnixTimeSeconds());
            claims.WriteNumber("iat", now.ToUnixTimeSeconds());
            claims.WriteString("iss", Issuer);
            claims.WriteString("jti", id);
            claims.WriteStartObject("kubernetes.io");
            claims.WriteString("namespace", ns);
            if (bound is Node node) Reference(claims, "node", node.Metadata);
            if (bound is Pod { Spec.NodeName.Length: > 0 } placed)
            {
                claims.WriteStartObject("node");
                claims.WriteString("name", placed.Spec.NodeName);
                claims.WriteEndObject();
            }
            if (bound is Pod pod) Reference(claims, "pod", pod.Metadata);
            if (bound is Secret secret) Reference(claims, "secret", secret.Metadata);
            Reference(claims, "serviceaccount", account.Metadata);
            claims.WriteEndObject();
            claims.WriteNumber("nbf", now.ToUnixTimeSeconds());
            claims.WriteString("sub", RequestUser.ServiceAccountName(ns, account.Metadata.Name));
        });
        return (token, end);
    }

    /// <summary>Makes a token for a Secret, which is good as long as the Secret holds it.</summary>
    public string ForSecret(ServiceAccount account, string secret) => JsonWebToken.Make(key, claims =>
    {
        var meta = account.Metadata;
        claims.WriteString("iss", LegacyIssuer);
        claims.WriteString(LegacyPrefix + "namespace", meta.Namespace);
        claims.WriteString(LegacyPrefix + "secret.name", secret);
        claims.WriteString(LegacyPrefix + "service-account.name", meta.Name);
        claims.WriteString(LegacyPrefix + "service-account.uid", meta.Uid);
        claims.WriteString("sub", RequestUser.ServiceAccountName(meta.Namespace, meta.Name));
    });

    /// <summary>Whose token this is.</summary>
    /// <param name="token">Any text.</param>
    /// <param name="audiences">Whom it must be meant for, one of them at least; empty for the API server.</param>
    /// <param name="objects">What there is now.</param>
    /// <returns>The user, and those of the audiences that the token names; null if it is no good.</returns>
    public (RequestUser User, IReadOnlyList<string> Audiences)? Read(string token, IReadOnlyList<string> audiences, StoreSnapshot objects)
    {
        using var claims = JsonWebToken.Read(key, token);
        if (claims is null) return null;
        try
        {
            var root = claims.RootElement;
            return root.GetProperty("iss").GetString() switch
            {
                Issuer => OfBound(root, audiences, objects),
                LegacyIssuer => OfSecret(root, token, audiences, objects),
                _ => null,
            };
        }
        catch (Exception malformed) when (malformed is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null; // Signed by this key, but no token as this server makes them.
        }
    }

    private (RequestUser, IReadOnlyList<string>)? OfBound(JsonElement root, IReadOnlyList<string> audiences, StoreSnapshot objects)
    {
        var now = clock().ToUnixTimeSeconds();
        if (now >= root.GetProperty("exp").GetInt64() || now < root.GetProperty("nbf").GetInt64()) return null;
        var meant = root.GetProperty("aud").EnumerateArray().Select(item => item.GetString()).ToList();
        IReadOnlyList<string> wanted = audiences.Count > 0 ? audiences : [Issuer];
        List<string> shared = [.. wanted.Where(audience => meant.Contains(audience))];
        if (shared.Count == 0) return null;
        var about = root.GetProperty("kubernetes.io");
        var ns = about.GetProperty("namespace").GetString()!;
        var (name, uid) = Reference(about.GetProperty("serviceaccount"));
        if (!IsThere(objects, Kinds.ServiceAccount, ns, name, uid, clock())) return null;
        var extra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { [RequestUser.CredentialId] = ["JTI=" + root.GetProperty("jti").GetString()] };
        if (about.TryGetProperty("node", out var node))
        {
            extra["authentication.kubernetes.io/node-name"] = [node.GetProperty("name").GetString()!];
            if (node.TryGetProperty("uid", out _) && !IsBoundThere(Kinds.Node, "", node)) return null;
        }
        if (about.TryGetProperty("pod", out var pod))
        {
            if (!IsBoundThere(Kinds.Pod, ns, pod)) return null;
            var (podName, podUid) = Reference(pod);
            (extra["authentication.kubernetes.io/pod-name"], extra["authentication.kubernetes.io/pod-uid"]) = ([podName], [podUid]);
        }
        if (about.TryGetProperty("secret", out var secret) && !IsBoundThere(Kinds.Secret, ns, secret)) return null;
        return (UserOf(ns, name, uid) with { Extra = extra }, shared);

        bool IsBoundThere(KindInfo kind, string place, JsonElement reference)
        {
            var (boundName, boundUid) = Reference(reference);
            return IsThere(objects, kind, place, boundName, boundUid, clock());
        }
    }

    private (RequestUser, IReadOnlyList<string>)? OfSecret(JsonElement root, string token, IReadOnlyList<string> audiences, StoreSnapshot objects)
    {
        if (audiences.Count > 0 && !audiences.Contains(Issuer)) return null;
        var ns = Claim("namespace");
        var (name, uid) = (Claim("service-account.name"), Claim("service-account.uid"));
        if (objects.Find(Kinds.Secret, ns, Claim("secret.name"))?.Decode() is not Secret { Metadata.DeletionTimestamp: null } secret) return null;
        if (!secret.Data.TryGetValue("token", out var held) || System.Text.Encoding.UTF8.GetString(held) != token) return null;
        return IsThere(objects, Kinds.ServiceAccount, ns, name, uid, clock()) ? (UserOf(ns, name, uid), [Issuer]) : null;

        string Claim(string last) => root.GetProperty(LegacyPrefix + last).GetString()!;
    }

    private static bool IsThere(StoreSnapshot objects, KindInfo kind, string ns, string name, string uid, DateTimeOffset now)
    {
        if (objects.Find(kind, ns, name) is not { } found || found.Uid != uid) return false;
        var until = found.Decode().Metadata.DeletionTimestamp;
        return until is null || now < until.Value + DeletionLeeway;
    }

    private static RequestUser UserOf(string ns, string name, string uid) =>
        new(RequestUser.ServiceAccountName(ns, name), [.. RequestUser.ServiceAccountGroups(ns), RequestUser.Authenticated]) { Uid = uid };

    private static void Reference(Utf8JsonWriter claims, string name, ObjectMeta meta)
    {
        claims.WriteStartObject(name);
        claims.WriteString("name", meta.Name);
        claims.WriteString("uid", meta.Uid);
        claims.WriteEndObject();
    }

    private static (string Name, string Uid) Reference(JsonElement reference) =>
        (reference.GetProperty("name").GetString()!, reference.GetProperty("uid").GetString()!);
}
