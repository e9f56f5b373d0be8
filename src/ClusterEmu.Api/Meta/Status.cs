using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

public sealed record Status
{
    public string Kind => "Status";
    public string ApiVersion => "v1";

    [Doc("Name, labels and everything else that all objects carry.")]
    public ListMeta Metadata { get => field ?? ListMeta.Empty; init; }

    [JsonPropertyName("status")]
    public string Outcome { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.StatusReason")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public StatusDetails? Details { get; init; }
    public int Code { get; init; }
}

public sealed record StatusDetails
{
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Group { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Kind { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("types.UID")]
    public string Uid { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<StatusCause> Causes { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public int RetryAfterSeconds { get; init; }
}

public sealed record StatusCause
{
    [GoType("v1.CauseType")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Field { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
