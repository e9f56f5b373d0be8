namespace ClusterEmu.Api;

[Doc("Who somebody is, as an authenticator found out.")]
public sealed record UserInfo
{
    public static readonly UserInfo Empty = new();

    private static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> NoExtra = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    [Doc("The name by which rules and logs know the user.")]
    public string Username { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Tells the user apart from an earlier or later one of the same name. Empty for users that come from certificates.")]
    public string Uid { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The groups that the user is in, such as system:authenticated.")]
    public IReadOnlyList<string> Groups { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [Doc("What else the authenticator knows, such as the Pod that a token is bound to.")]
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Extra { get => field ?? NoExtra; init; }
}
