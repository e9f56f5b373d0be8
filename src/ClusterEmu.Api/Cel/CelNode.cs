namespace ClusterEmu.Api;

/// <summary>One node of an expression.</summary>
/// <param name="Position">Its place in the text, from 0.</param>
internal abstract record CelNode(int Position)
{
    /// <summary>A constant: a long, double, string, bool or null.</summary>
    public sealed record Constant(object? Value, int Position) : CelNode(Position);

    public sealed record Name(string Text, int Position) : CelNode(Position);

    public sealed record Select(CelNode Target, string Field, int Position) : CelNode(Position);

    /// <summary><c>has(a.b)</c></summary>
    public sealed record Has(CelNode Target, string Field, int Position) : CelNode(Position);

    public sealed record Index(CelNode Target, CelNode At, int Position) : CelNode(Position);

    /// <summary>A function with or without a value before the dot.</summary>
    public sealed record Call(string Function, CelNode? Target, IReadOnlyList<CelNode> Arguments, int Position) : CelNode(Position);

    /// <summary><c>a.all(x, p)</c> and its like; with <paramref name="Filter"/>, <c>a.map(x, filter, value)</c>.</summary>
    public sealed record Macro(string Function, CelNode Target, string Variable, CelNode? Filter, CelNode Body, int Position) : CelNode(Position);

    public sealed record Unary(string Operator, CelNode Operand, int Position) : CelNode(Position);

    public sealed record Binary(string Operator, CelNode Left, CelNode Right, int Position) : CelNode(Position);

    public sealed record Choice(CelNode Condition, CelNode Then, CelNode Else, int Position) : CelNode(Position);

    public sealed record List(IReadOnlyList<CelNode> Items, int Position) : CelNode(Position);

    public sealed record Map(IReadOnlyList<(CelNode Key, CelNode Value)> Entries, int Position) : CelNode(Position);
}
