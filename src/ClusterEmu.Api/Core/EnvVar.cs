namespace ClusterEmu.Api;

public sealed record EnvVar
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Value { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public EnvVarSource? ValueFrom { get; init; }
}

public sealed record EnvVarSource
{
    public ObjectFieldSelector? FieldRef { get; init; }
    public ResourceFieldSelector? ResourceFieldRef { get; init; }
    public ConfigMapKeySelector? ConfigMapKeyRef { get; init; }
    public SecretKeySelector? SecretKeyRef { get; init; }
}

[AtomicField]
public sealed record ObjectFieldSelector
{
    public string ApiVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string FieldPath { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[AtomicField]
public sealed record ResourceFieldSelector
{
    public string ContainerName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Resource { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public Quantity Divisor { get; init; }
}

[AtomicField]
public sealed record ConfigMapKeySelector
{
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool? Optional { get; init; }
}

[AtomicField]
public sealed record SecretKeySelector
{
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool? Optional { get; init; }
}

public sealed record EnvFromSource
{
    public string Prefix { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public ConfigMapEnvSource? ConfigMapRef { get; init; }
    public SecretEnvSource? SecretRef { get; init; }
}

public sealed record ConfigMapEnvSource
{
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool? Optional { get; init; }
}

public sealed record SecretEnvSource
{
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public bool? Optional { get; init; }
}
