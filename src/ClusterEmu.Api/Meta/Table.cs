using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

public sealed record Table
{
    public string Kind => "Table";
    public string ApiVersion { get; init; } = "meta.k8s.io/v1";
    public ListMeta Metadata { get => field ?? ListMeta.Empty; init; }

    [AlwaysWritten]
    public IReadOnlyList<TableColumnDefinition> ColumnDefinitions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public IReadOnlyList<TableRow> Rows { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

public sealed record TableColumnDefinition
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Format { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public string Description { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [AlwaysWritten]
    public int Priority { get; init; }
}

public sealed record TableRow
{
    [AlwaysWritten]
    public IReadOnlyList<TableCell> Cells { get => field ?? []; init => field = Absent.IfEmpty(value); }
    public IReadOnlyList<TableRowCondition> Conditions { get => field ?? []; init => field = Absent.IfEmpty(value); }

    [JsonConverter(typeof(RawJsonConverter))]
    public ReadOnlyMemory<byte> Object { get; init; }
}

public sealed record TableRowCondition
{
    [GoType("v1.RowConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
