using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The columns of one kind, and how a row is filled.</summary>
/// <param name="Definitions">Priority 0 is shown always, 1 with <c>-o wide</c>.</param>
/// <param name="Cells">One row. The time is that of the request.</param>
public sealed record TableColumns(IReadOnlyList<TableColumnDefinition> Definitions, Func<IKubeObject, DateTimeOffset, IReadOnlyList<TableCell>> Cells)
{
    /// <summary>Builds columns from a short form: <c>Name:name Ready Restarts:integer IP+</c>; + marks wide columns, _ stands for a space.</summary>
    internal static TableColumns Of<T>(string columns, Func<T, DateTimeOffset, TableCell[]> cells) where T : IKubeObject =>
        new([.. columns.Split(' ').Select(Column)], (value, now) => cells((T)value, now));

    private static TableColumnDefinition Column(string text)
    {
        var wide = text.EndsWith('+');
        var parts = text.TrimEnd('+').Split(':');
        var type = parts.Length > 1 ? parts[1] : "string";
        return new TableColumnDefinition
        {
            Name = parts[0].Replace('_', ' '),
            Type = type == "name" ? "string" : type,
            Format = type == "name" ? "name" : "",
            Priority = wide ? 1 : 0,
        };
    }
}
