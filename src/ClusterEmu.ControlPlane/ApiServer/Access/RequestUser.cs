using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Who asks. Immutable.</summary>
/// <param name="Name">Such as <c>kubernetes-admin</c> or <c>system:serviceaccount:shop:cart</c>.</param>
/// <param name="Groups">The groups, in the order in which they are shown.</param>
public sealed record RequestUser(string Name, IReadOnlyList<string> Groups)
{
    public const string Masters = "system:masters";
    public const string Authenticated = "system:authenticated";
    public const string Unauthenticated = "system:unauthenticated";
    public const string AnonymousName = "system:anonymous";

    /// <summary>Where the kind and number of a credential stand in <see cref="Extra"/>.</summary>
    public const string CredentialId = "authentication.kubernetes.io/credential-id";

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoExtra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>A client that shows no credentials.</summary>
    public static readonly RequestUser Anonymous = new(AnonymousName, [Unauthenticated]);

    /// <summary>Empty but for service accounts.</summary>
    public string Uid { get; init; } = "";

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get; init; } = NoExtra;

    public bool IsMaster => Groups.Contains(Masters);

    /// <summary>A part of the cluster itself, which asks without HTTP.</summary>
    public static RequestUser OfSystem(string name) => new(name, [Masters, Authenticated]);

    /// <summary>As reviews show it.</summary>
    public UserInfo ToInfo() => new() { Username = Name, Uid = Uid, Groups = Groups, Extra = Extra };

    /// <summary>The groups of every service account of a namespace. Source: k8s.io/apiserver authentication/serviceaccount.</summary>
    public static IReadOnlyList<string> ServiceAccountGroups(string ns) => ["system:serviceaccounts", "system:serviceaccounts:" + ns];

    public static string ServiceAccountName(string ns, string name) => $"system:serviceaccount:{ns}:{name}";
}
