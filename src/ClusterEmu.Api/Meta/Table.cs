using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

public sealed record Table
{
    public string Kind => "Table";
    public string ApiVersion { get; init; } = "meta.k8s.io/v1";

    [Doc("Name, labels and everything else that all objects carry.")]
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
    [Doc("What the condition is about.")]
    [GoType("v1.RowConditionType"), AlwaysWritten]
    public string Type { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("True, False or Unknown.")]
    [GoType("v1.ConditionStatus"), AlwaysWritten]
    public string Status { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, as one word for programs.")]
    public string Reason { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("Why, as a sentence for people.")]
    public string Message { get => field ?? ""; init => field = Absent.IfEmpty(value); }
}
