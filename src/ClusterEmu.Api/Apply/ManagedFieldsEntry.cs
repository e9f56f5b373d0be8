using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Who set which fields in which way. Source: k8s.io/apimachinery meta/v1 ManagedFieldsEntry.</summary>
[Doc("The fields that one manager has set.")]
public sealed record ManagedFieldsEntry
{
    [Doc("Who set them.")]
    public string Manager { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Apply or Update.")]
    [GoType("v1.ManagedFieldsOperationType")]
    public string Operation { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The version in which the fields are named.")]
    public string ApiVersion { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("When they were last set.")]
    public DateTimeOffset? Time { get; init => field = KubeTime.ToSeconds(value); }

    [Doc("Always FieldsV1.")]
    public string FieldsType { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The fields.")]
    public JsonElement? FieldsV1 { get; init; }

    [Doc("Through which subresource they were set, if any.")]
    public string Subresource { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
