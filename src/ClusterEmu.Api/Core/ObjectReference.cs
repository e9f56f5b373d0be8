namespace ClusterEmu.Api;

[AtomicField]
public sealed record ObjectReference
{
    public static readonly ObjectReference Empty = new();

    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Namespace { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("types.UID")]
    public string Uid { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string ApiVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string ResourceVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string FieldPath { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[AtomicField]
public sealed record LocalObjectReference
{
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
