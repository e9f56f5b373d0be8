using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

public sealed record Table
{
    public string Kind => "Table";
    public string ApiVersion => "meta.k8s.io/v1";
    public ListMeta Metadata { get => field ?? ListMeta.Empty; init; }

    [AlwaysWritten]
    public IReadOnlyList<TableColumnDefinition> ColumnDefinitions { get => field ?? []; init; }

    [AlwaysWritten]
    public IReadOnlyList<TableRow> Rows { get => field ?? []; init; }
}

public sealed record TableColumnDefinition
{
    [AlwaysWritten]
    public string Name { get => field ?? ""; init; }

    [AlwaysWritten]
    public string Type { get => field ?? ""; init; }

    [AlwaysWritten]
    public string Format { get => field ?? ""; init; }

    [AlwaysWritten]
    public string Description { get => field ?? ""; init; }

    [AlwaysWritten]
    public int Priority { get; init; }
}

public sealed record TableRow
{
    [AlwaysWritten]
    public IReadOnlyList<TableCell> Cells { get => field ?? []; init; }
    public IReadOnlyList<TableRowCondition> Conditions { get => field ?? []; init; }

    [JsonConverter(typeof(RawJsonConverter))]
    public ReadOnlyMemory<byte> Object { get; init; }
}

public sealed record TableRowCondition
{
    [GoType("v1.RowConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init; }

    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init; }
    public string Reason { get => field ?? ""; init; }
    public string Message { get => field ?? ""; init; }
}
