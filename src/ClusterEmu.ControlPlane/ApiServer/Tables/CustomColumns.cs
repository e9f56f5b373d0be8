using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The columns of a custom kind: those that its definition lists, or the age. Source: apiextensions-apiserver pkg/registry/customresource/tableconvertor.</summary>
internal static class CustomColumns
{
    private static readonly ConditionalWeakTable<CustomKind, TableColumns> Known = [];
    private static readonly CustomResourceColumnDefinition Age = new()
    {
        Name = "Age",
        Type = "date",
        Description = "When the object was made.",
        JsonPath = ".metadata.creationTimestamp",
    };

    public static TableColumns Of(CustomKind kind) => Known.GetValue(kind, Make);

    private static TableColumns Make(CustomKind kind)
    {
        IReadOnlyList<CustomResourceColumnDefinition> columns = kind.Declared.AdditionalPrinterColumns is { Count: > 0 } own ? own : [Age];
        var paths = columns.Select(column => JsonPath.TryParse(column.JsonPath, out var path, out _) ? path : null).ToArray();
        var name = new TableColumnDefinition { Name = "Name", Type = "string", Format = "name", Description = "The object's name." };
        return new TableColumns([name, .. columns.Select(Definition)], Cells);

        IReadOnlyList<TableCell> Cells(IKubeObject value, DateTimeOffset now)
        {
            var json = ((CustomObject)value).ToJson();
            return [value.Metadata.Name, .. columns.Zip(paths, (column, path) => path?.First(json) is { } found ? Cell(column.Type, found, now) : default)];
        }
    }

    private static TableColumnDefinition Definition(CustomResourceColumnDefinition column) => new()
    {
        Name = column.Name,
        Type = column.Type,
        Format = column.Format,
        Description = column.Description.Length > 0 ? column.Description : $"Custom resource definition column (in JSONPath format): {column.JsonPath}",
        Priority = column.Priority,
    };

    private static TableCell Cell(string type, JsonElement value, DateTimeOffset now) => (type, value.ValueKind) switch
    {
        ("integer", JsonValueKind.Number) => value.TryGetInt64(out var whole) ? whole : (long)value.GetDouble(),
        ("number", JsonValueKind.Number) => value.GetDouble(),
        ("boolean", JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
        ("string", JsonValueKind.String) => value.GetString(),
        ("string", JsonValueKind.Null) => default,
        ("string", _) => value.GetRawText(),
        ("date", JsonValueKind.String) => DateTimeOffset.TryParse(value.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? HumanDuration.Since(moment, now)
            : "<invalid>",
        _ => default,
    };
}
