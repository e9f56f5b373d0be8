namespace ClusterEmu.Api;

[Doc("Names an object.")]
[AtomicField]
public sealed record ObjectReference
{
    public static readonly ObjectReference Empty = new();

    [Doc("Its kind.")]
    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its namespace.")]
    public string Namespace { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its name.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its UID.")]
    [GoType("types.UID")]
    public string Uid { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its API group and version.")]
    public string ApiVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The revision that is meant.")]
    public string ResourceVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The part of it that is meant, such as spec.containers{name}.")]
    public string FieldPath { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("Names an object in the same namespace.")]
[AtomicField]
public sealed record LocalObjectReference
{
    [Doc("Its name.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
