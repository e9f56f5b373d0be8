namespace ClusterEmu.Api;

public sealed record APIGroupList
{
    public string Kind => "APIGroupList";
    public string ApiVersion => "v1";

    [AlwaysWritten]
    public IReadOnlyList<APIGroup> Groups { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record APIGroup
{
    public string Kind => "APIGroup";
    public string ApiVersion => "v1";

    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public IReadOnlyList<GroupVersionForDiscovery> Versions { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public GroupVersionForDiscovery PreferredVersion { get => field ?? GroupVersionForDiscovery.Empty; init; }
    public IReadOnlyList<ServerAddressByClientCIDR> ServerAddressByClientCIDRs { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record GroupVersionForDiscovery
{
    public static readonly GroupVersionForDiscovery Empty = new();

    [AlwaysWritten]
    public string GroupVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Version { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record ServerAddressByClientCIDR
{
    [AlwaysWritten]
    public string ClientCIDR { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string ServerAddress { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

public sealed record APIResourceList
{
    public string Kind => "APIResourceList";
    public string ApiVersion => "v1";

    [AlwaysWritten]
    public string GroupVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public IReadOnlyList<APIResource> Resources { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record APIResource
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string SingularName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public bool Namespaced { get; init; }
    public string Group { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Version { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public IReadOnlyList<string> Verbs { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<string> ShortNames { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<string> Categories { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public string StorageVersionHash { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
