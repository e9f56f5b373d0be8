namespace ClusterEmu.Api;

[AtomicField]
public sealed record ObjectReference
{
    public static readonly ObjectReference Empty = new();

    public string Kind { get => field ?? ""; init; }
    public string Namespace { get => field ?? ""; init; }
    public string Name { get => field ?? ""; init; }

    [GoType("types.UID")]
    public string Uid { get => field ?? ""; init; }
    public string ApiVersion { get => field ?? ""; init; }
    public string ResourceVersion { get => field ?? ""; init; }
    public string FieldPath { get => field ?? ""; init; }
}

[AtomicField]
public sealed record LocalObjectReference
{
    public string Name { get => field ?? ""; init; }
}
