namespace ClusterEmu.Api;

[Doc("What was last measured of one metric.")]
[GoName("MetricStatus", "v2")]
public sealed record MetricStatus
{
    [Doc("What was measured: Resource, ContainerResource, Pods, Object or External.")]
    [GoType("v2.MetricSourceType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The number of one other object.")]
    public ObjectMetricStatus? Object { get; init; }

    [Doc("The number that each Pod has.")]
    public PodsMetricStatus? Pods { get; init; }

    [Doc("What the Pods use of a resource.")]
    public ResourceMetricStatus? Resource { get; init; }

    [Doc("What one container of each Pod uses of a resource.")]
    public ContainerResourceMetricStatus? ContainerResource { get; init; }

    [Doc("The number from outside the cluster.")]
    public ExternalMetricStatus? External { get; init; }

    /// <summary>The use of CPU in percent of what is requested, which is all that v1 knows.</summary>
    internal static MetricStatus OfCpu(int percent) => new()
    {
        Type = "Resource",
        Resource = new ResourceMetricStatus { Name = "cpu", Current = new MetricValueStatus { AverageUtilization = percent } },
    };
}

[Doc("What was measured of one object.")]
[GoName("ObjectMetricStatus", "v2")]
public sealed record ObjectMetricStatus
{
    [Doc("Which number.")]
    [MustBeGiven]
    public MetricIdentifier Metric { get => field ?? MetricIdentifier.Empty; init; }

    [Doc("Its value.")]
    [MustBeGiven]
    public MetricValueStatus Current { get => field ?? MetricValueStatus.Empty; init; }

    [Doc("The object.")]
    [MustBeGiven]
    public CrossVersionObjectReference DescribedObject { get => field ?? CrossVersionObjectReference.Empty; init; }
}

[Doc("What was measured of the Pods.")]
[GoName("PodsMetricStatus", "v2")]
public sealed record PodsMetricStatus
{
    [Doc("Which number.")]
    [MustBeGiven]
    public MetricIdentifier Metric { get => field ?? MetricIdentifier.Empty; init; }

    [Doc("Its value.")]
    [MustBeGiven]
    public MetricValueStatus Current { get => field ?? MetricValueStatus.Empty; init; }
}

[Doc("What the Pods use of a resource.")]
[GoName("ResourceMetricStatus", "v2")]
public sealed record ResourceMetricStatus
{
    [Doc("The resource.")]
    [GoType("v1.ResourceName"), AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How much.")]
    [MustBeGiven]
    public MetricValueStatus Current { get => field ?? MetricValueStatus.Empty; init; }
}

[Doc("What one container of each Pod uses of a resource.")]
[GoName("ContainerResourceMetricStatus", "v2")]
public sealed record ContainerResourceMetricStatus
{
    [Doc("The resource.")]
    [GoType("v1.ResourceName"), AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How much.")]
    [MustBeGiven]
    public MetricValueStatus Current { get => field ?? MetricValueStatus.Empty; init; }

    [Doc("The container's name.")]
    [AlwaysWritten]
    public string Container { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}

[Doc("What was measured outside the cluster.")]
[GoName("ExternalMetricStatus", "v2")]
public sealed record ExternalMetricStatus
{
    [Doc("Which number.")]
    [MustBeGiven]
    public MetricIdentifier Metric { get => field ?? MetricIdentifier.Empty; init; }

    [Doc("Its value.")]
    [MustBeGiven]
    public MetricValueStatus Current { get => field ?? MetricValueStatus.Empty; init; }
}

[Doc("A value that was measured.")]
[GoName("MetricValueStatus", "v2")]
public sealed record MetricValueStatus
{
    public static readonly MetricValueStatus Empty = new();

    [Doc("The value.")]
    public Quantity? Value { get; init; }

    [Doc("The value divided by the number of Pods.")]
    public Quantity? AverageValue { get; init; }

    [Doc("The average in percent of what the Pods request.")]
    public int? AverageUtilization { get; init; }
}
