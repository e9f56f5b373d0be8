namespace ClusterEmu.Api;

[Doc("One thing to measure and the value that it should have. The field that type names must be set, and no other.")]
[GoName("MetricSpec", "v2")]
public sealed record MetricSpec
{
    [Doc("What is measured: Resource, ContainerResource, Pods, Object or External.")]
    [GoType("v2.MetricSourceType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("A number that describes one other object, such as an Ingress's requests per second.")]
    public ObjectMetricSource? Object { get; init; }

    [Doc("A number that each Pod has; its average is compared.")]
    public PodsMetricSource? Pods { get; init; }

    [Doc("What the Pods use of a resource, such as CPU, together for all containers.")]
    public ResourceMetricSource? Resource { get; init; }

    [Doc("What one container of each Pod uses of a resource.")]
    public ContainerResourceMetricSource? ContainerResource { get; init; }

    [Doc("A number from outside the cluster, such as the length of a queue.")]
    public ExternalMetricSource? External { get; init; }

    /// <summary>The average use of CPU in percent of what is requested, which is all that v1 knows.</summary>
    internal static MetricSpec OfCpu(int percent) => new()
    {
        Type = "Resource",
        Resource = new ResourceMetricSource { Name = "cpu", Target = new MetricTarget { Type = "Utilization", AverageUtilization = percent } },
    };
}

[Doc("A number that describes one object.")]
[GoName("ObjectMetricSource", "v2")]
public sealed record ObjectMetricSource
{
    [Doc("The object.")]
    [MustBeGiven]
    public CrossVersionObjectReference DescribedObject { get => field ?? CrossVersionObjectReference.Empty; init; }

    [Doc("The value wanted: value or averageValue.")]
    [MustBeGiven]
    public MetricTarget Target { get => field ?? MetricTarget.Empty; init; }

    [Doc("Which number.")]
    [MustBeGiven]
    public MetricIdentifier Metric { get => field ?? MetricIdentifier.Empty; init; }
}

[Doc("A number that each Pod has.")]
[GoName("PodsMetricSource", "v2")]
public sealed record PodsMetricSource
{
    [Doc("Which number.")]
    [MustBeGiven]
    public MetricIdentifier Metric { get => field ?? MetricIdentifier.Empty; init; }

    [Doc("The average wanted: averageValue.")]
    [MustBeGiven]
    public MetricTarget Target { get => field ?? MetricTarget.Empty; init; }
}

[Doc("What Pods use of a resource.")]
[GoName("ResourceMetricSource", "v2")]
public sealed record ResourceMetricSource
{
    [Doc("The resource: cpu or memory.")]
    [GoType("v1.ResourceName"), AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The average wanted: averageUtilization in percent of what is requested, or averageValue.")]
    [MustBeGiven]
    public MetricTarget Target { get => field ?? MetricTarget.Empty; init; }
}

[Doc("What one container of each Pod uses of a resource.")]
[GoName("ContainerResourceMetricSource", "v2")]
public sealed record ContainerResourceMetricSource
{
    [Doc("The resource: cpu or memory.")]
    [GoType("v1.ResourceName"), AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The average wanted: averageUtilization in percent of what is requested, or averageValue.")]
    [MustBeGiven]
    public MetricTarget Target { get => field ?? MetricTarget.Empty; init; }

    [Doc("The container's name.")]
    [AlwaysWritten]
    public string Container { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("A number from outside the cluster.")]
[GoName("ExternalMetricSource", "v2")]
public sealed record ExternalMetricSource
{
    [Doc("Which number.")]
    [MustBeGiven]
    public MetricIdentifier Metric { get => field ?? MetricIdentifier.Empty; init; }

    [Doc("The value wanted: value, or averageValue for each Pod.")]
    [MustBeGiven]
    public MetricTarget Target { get => field ?? MetricTarget.Empty; init; }
}

[Doc("Names a number that is measured.")]
[GoName("MetricIdentifier", "v2")]
public sealed record MetricIdentifier
{
    public static readonly MetricIdentifier Empty = new();

    [Doc("Its name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Which series of that name, handed to whoever measures.")]
    public LabelSelector? Selector { get; init; }
}

[Doc("The value that a measure should have.")]
[GoName("MetricTarget", "v2")]
public sealed record MetricTarget
{
    public static readonly MetricTarget Empty = new();

    [Doc("Which field is set: Utilization, Value or AverageValue.")]
    [GoType("v2.MetricTargetType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The value.")]
    public Quantity? Value { get; init; }

    [Doc("The value divided by the number of Pods.")]
    public Quantity? AverageValue { get; init; }

    [Doc("The average in percent of what the Pods request. Only for Resource and ContainerResource.")]
    public int? AverageUtilization { get; init; }
}
