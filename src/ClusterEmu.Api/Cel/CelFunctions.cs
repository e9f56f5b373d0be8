using System.Globalization;

namespace ClusterEmu.Api;

/// <summary>One form of a function: with or without a value before the dot, and what it takes and gives.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Target">The kind of the value before the dot; null if there is none.</param>
/// <param name="Arguments">The kinds of its arguments.</param>
/// <param name="Result">What it gives.</param>
/// <param name="Run">Works it out; the value before the dot comes first.</param>
internal sealed record CelFunction(string Name, CelShape? Target, CelShape[] Arguments, CelType Result, Func<object?[], CelBudget, object?> Run);

/// <summary>The functions that expressions may call. Others are refused when a definition is written.</summary>
internal static class CelFunctions
{
    private static readonly CelFunction[] All =
    [
        Global("size", CelType.Int, Size, CelShape.String), Global("size", CelType.Int, Size, CelShape.List), Global("size", CelType.Int, Size, CelShape.Map),
        Member("size", CelShape.String, CelType.Int, Size), Member("size", CelShape.List, CelType.Int, Size), Member("size", CelShape.Map, CelType.Int, Size),
        Member("startsWith", CelShape.String, CelType.Bool, (a, _) => Text(a, 0).StartsWith(Text(a, 1), StringComparison.Ordinal), CelShape.String),
        Member("endsWith", CelShape.String, CelType.Bool, (a, _) => Text(a, 0).EndsWith(Text(a, 1), StringComparison.Ordinal), CelShape.String),
        Member("contains", CelShape.String, CelType.Bool, (a, _) => Text(a, 0).Contains(Text(a, 1), StringComparison.Ordinal), CelShape.String),
        Member("matches", CelShape.String, CelType.Bool, Matches, CelShape.String), Global("matches", CelType.Bool, Matches, CelShape.String, CelShape.String),
        Member("lowerAscii", CelShape.String, CelType.String, (a, _) => Ascii(Text(a, 0), char.ToLowerInvariant)),
        Member("upperAscii", CelShape.String, CelType.String, (a, _) => Ascii(Text(a, 0), char.ToUpperInvariant)),
        Member("trim", CelShape.String, CelType.String, (a, _) => Text(a, 0).Trim()),
        Member("replace", CelShape.String, CelType.String, (a, budget) => Kept(Text(a, 1).Length == 0 ? Text(a, 0) : Text(a, 0).Replace(Text(a, 1), Text(a, 2), StringComparison.Ordinal), budget), CelShape.String, CelShape.String),
        Member("split", CelShape.String, new CelType(CelShape.List, CelType.String), (a, budget) => Split(Text(a, 0), Text(a, 1), budget), CelShape.String),
        Member("join", CelShape.List, CelType.String, (a, budget) => Kept(string.Concat(Items(a[0]).Select(item => (string)item!)), budget)),
        Member("join", CelShape.List, CelType.String, (a, budget) => Kept(string.Join(Text(a, 1), Items(a[0]).Select(item => (string)item!)), budget), CelShape.String),
        Member("indexOf", CelShape.String, CelType.Int, (a, _) => (long)Text(a, 0).IndexOf(Text(a, 1), StringComparison.Ordinal), CelShape.String),
        Member("lastIndexOf", CelShape.String, CelType.Int, (a, _) => (long)Text(a, 0).LastIndexOf(Text(a, 1), StringComparison.Ordinal), CelShape.String),
        Member("charAt", CelShape.String, CelType.String, (a, _) => Part(Text(a, 0), (long)a[1]!, Math.Min((long)a[1]! + 1, Text(a, 0).Length)), CelShape.Int),
        Member("substring", CelShape.String, CelType.String, (a, _) => Part(Text(a, 0), (long)a[1]!, Text(a, 0).Length), CelShape.Int),
        Member("substring", CelShape.String, CelType.String, (a, _) => Part(Text(a, 0), (long)a[1]!, (long)a[2]!), CelShape.Int, CelShape.Int),
        Member("isSorted", CelShape.List, CelType.Bool, (a, _) => Items(a[0]).Zip(Items(a[0]).Skip(1)).All(pair => CelValues.Compare(pair.First, pair.Second) <= 0)),
        Member("sum", CelShape.List, CelType.Dyn, (a, budget) => Items(a[0]).Aggregate((object?)0L, (sum, item) => CelValues.Arithmetic("+", sum is 0L ? Zero(item) : sum, item, budget))),
        Member("min", CelShape.List, CelType.Dyn, (a, _) => Extreme(a[0], "min", static order => order < 0)),
        Member("max", CelShape.List, CelType.Dyn, (a, _) => Extreme(a[0], "max", static order => order > 0)),
        Member("indexOf", CelShape.List, CelType.Int, (a, _) => (long)Items(a[0]).ToList().FindIndex(item => CelValues.Same(item, a[1])), CelShape.Dyn),
        Global("int", CelType.Int, ToInt, CelShape.Dyn),
        Global("double", CelType.Double, ToDouble, CelShape.Dyn),
        Global("string", CelType.String, (a, _) => CelValues.ToText(a[0]), CelShape.Dyn),
        Global("bool", CelType.Bool, (a, _) => a[0] switch { bool flag => flag, "true" => true, "false" => false, _ => throw new CelException($"type conversion error from '{CelValues.ToText(a[0])}' to 'bool'") }, CelShape.Dyn),
        Global("dyn", CelType.Dyn, (a, _) => a[0], CelShape.Dyn),
        Global("duration", CelType.Duration, (a, _) => CelValues.Duration(Text(a, 0)), CelShape.String),
        Global("timestamp", CelType.Timestamp, (a, _) => CelValues.Timestamp(Text(a, 0)), CelShape.String),
    ];

    public static IEnumerable<CelFunction> Named(string name) => All.Where(function => function.Name == name);

    private static CelFunction Global(string name, CelType result, Func<object?[], CelBudget, object?> run, params CelShape[] arguments) => new(name, null, arguments, result, run);

    private static CelFunction Member(string name, CelShape target, CelType result, Func<object?[], CelBudget, object?> run, params CelShape[] arguments) => new(name, target, arguments, result, run);

    private static string Text(object?[] arguments, int index) => (string)arguments[index]!;

    private static IReadOnlyList<object?> Items(object? value) => (IReadOnlyList<object?>)value!;

    private static object? Size(object?[] arguments, CelBudget budget) => arguments[0] switch
    {
        string text => (long)text.EnumerateRunes().Count(),
        IReadOnlyList<object?> list => (long)list.Count,
        IReadOnlyDictionary<string, object?> map => (long)map.Count,
        _ => throw new CelException("no such overload"),
    };

    private static object? Matches(object?[] arguments, CelBudget budget)
    {
        budget.Spend((Text(arguments, 0).Length / 10) + (Text(arguments, 1).Length / 4) + 1);
        return budget.Regex(Text(arguments, 1)).IsMatch(Text(arguments, 0));
    }

    private static string Ascii(string text, Func<char, char> change) => string.Concat(text.Select(letter => char.IsAscii(letter) ? change(letter) : letter));

    private static string Kept(string text, CelBudget budget)
    {
        budget.Spend(text.Length / 10);
        return text;
    }

    private static List<object?> Split(string text, string separator, CelBudget budget)
    {
        budget.Spend(text.Length / 10);
        return separator.Length == 0 ? [.. text.EnumerateRunes().Select(rune => rune.ToString())] : [.. text.Split(separator)];
    }

    private static string Part(string text, long from, long to) =>
        from < 0 || from > text.Length || to < from || to > text.Length ? throw new CelException($"index out of range: {(from < 0 || from > text.Length ? from : to)}") : text[(int)from..(int)to];

    private static object Zero(object? item) => item is double ? 0.0 : item is TimeSpan ? TimeSpan.Zero : 0L;

    private static object? Extreme(object? list, string name, Func<int, bool> better)
    {
        var items = Items(list);
        if (items.Count == 0) throw new CelException($"{name} called on empty list");
        return items.Skip(1).Aggregate(items[0], (best, item) => better(CelValues.Compare(item, best)) ? item : best);
    }

    private static object? ToInt(object?[] arguments, CelBudget budget) => arguments[0] switch
    {
        long number => number,
        double number when number is > -9.2e18 and < 9.2e18 => (long)number,
        string text when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
        DateTimeOffset moment => moment.ToUnixTimeSeconds(),
        var other => throw new CelException($"type conversion error from '{CelValues.ToText(other)}' to 'int'"),
    };

    private static object? ToDouble(object?[] arguments, CelBudget budget) => arguments[0] switch
    {
        long number => (double)number,
        double number => number,
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        var other => throw new CelException($"type conversion error from '{CelValues.ToText(other)}' to 'double'"),
    };
}
