namespace ClusterEmu.Api;

[Doc("An environment variable.")]
public sealed record EnvVar
{
    [Doc("Its name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Its value. Other variables stand in it as $(NAME); $$ is a dollar sign.")]
    public string Value { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Where the value comes from, instead of value.")]
    public EnvVarSource? ValueFrom { get; init; }
}

[Doc("Where a variable's value comes from: one of the four.")]
public sealed record EnvVarSource
{
    [Doc("A field of the Pod.")]
    public ObjectFieldSelector? FieldRef { get; init; }

    [Doc("A container's limit or request.")]
    public ResourceFieldSelector? ResourceFieldRef { get; init; }

    [Doc("A ConfigMap's entry.")]
    public ConfigMapKeySelector? ConfigMapKeyRef { get; init; }

    [Doc("A Secret's entry.")]
    public SecretKeySelector? SecretKeyRef { get; init; }
}

[Doc("A field of a Pod.")]
[AtomicField]
public sealed record ObjectFieldSelector
{
    [Doc("The version in which the field is named. Defaults to v1.")]
    public string ApiVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The field, such as metadata.name, metadata.labels['app'], spec.nodeName or status.podIP.")]
    [AlwaysWritten]
    public string FieldPath { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A container's limit or request.")]
[AtomicField]
public sealed record ResourceFieldSelector
{
    [Doc("The container. May be left out for environment variables: it is the container itself.")]
    public string ContainerName { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Such as limits.cpu or requests.memory.")]
    [AlwaysWritten]
    public string Resource { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The unit in which it is given. Defaults to 1.")]
    [AlwaysWritten]
    public Quantity Divisor { get; init; }
}

[Doc("A ConfigMap's entry.")]
[AtomicField]
public sealed record ConfigMapKeySelector
{
    [Doc("The ConfigMap, in the Pod's namespace.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The entry.")]
    [AlwaysWritten]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True lets the container start without it.")]
    public bool? Optional { get; init; }
}

[Doc("A Secret's entry.")]
[AtomicField]
public sealed record SecretKeySelector
{
    [Doc("The Secret, in the Pod's namespace.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The entry.")]
    [AlwaysWritten]
    public string Key { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True lets the container start without it.")]
    public bool? Optional { get; init; }
}

[Doc("A ConfigMap or Secret whose entries become environment variables.")]
public sealed record EnvFromSource
{
    [Doc("What is put before each name.")]
    public string Prefix { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The ConfigMap.")]
    public ConfigMapEnvSource? ConfigMapRef { get; init; }

    [Doc("The Secret.")]
    public SecretEnvSource? SecretRef { get; init; }
}

[Doc("A ConfigMap whose entries become environment variables.")]
public sealed record ConfigMapEnvSource
{
    [Doc("The ConfigMap, in the Pod's namespace.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True lets the container start without it.")]
    public bool? Optional { get; init; }
}

[Doc("A Secret whose entries become environment variables.")]
public sealed record SecretEnvSource
{
    [Doc("The Secret, in the Pod's namespace.")]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True lets the container start without it.")]
    public bool? Optional { get; init; }
}
