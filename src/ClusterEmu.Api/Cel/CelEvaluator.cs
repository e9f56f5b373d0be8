namespace ClusterEmu.Api;

/// <summary>Evaluates an expression that <see cref="CelChecker"/> has let through.</summary>
internal sealed class CelEvaluator(IReadOnlyDictionary<string, object?> variables, CelBudget budget)
{
    private readonly Dictionary<string, object?> _variables = new(variables, StringComparer.Ordinal);

    /// <exception cref="CelException">It fails, or costs too much.</exception>
    public object? Run(CelNode node)
    {
        budget.Spend(1);
        return node switch
        {
            CelNode.Constant constant => constant.Value,
            CelNode.Name name => _variables[name.Text],
            CelNode.Select select => Field(Run(select.Target), select.Field),
            CelNode.Has has => Run(has.Target) is IReadOnlyDictionary<string, object?> map && map.ContainsKey(has.Field),
            CelNode.Index index => At(Run(index.Target), Run(index.At)),
            CelNode.Call call => Call(call),
            CelNode.Macro macro => Macro(macro),
            CelNode.Unary unary => Unary(unary),
            CelNode.Binary { Operator: "&&" or "||" } binary => Logic(binary),
            CelNode.Binary binary => Binary(binary.Operator, Run(binary.Left), Run(binary.Right)),
            CelNode.Choice choice => Run(Flag(Run(choice.Condition)) ? choice.Then : choice.Else),
            CelNode.List list => list.Items.Select(Run).ToList(),
            CelNode.Map map => map.Entries.ToDictionary(entry => (string)Run(entry.Key)!, entry => Run(entry.Value), StringComparer.Ordinal),
            _ => throw new CelException("no such overload"),
        };
    }

    private static object? Field(object? target, string field) => target is IReadOnlyDictionary<string, object?> map
        ? map.TryGetValue(field, out var value) ? value : throw new CelException($"no such key: {field}")
        : throw new CelException("no such overload");

    private static object? At(object? target, object? at) => (target, at) switch
    {
        (IReadOnlyList<object?> list, long index) => index >= 0 && index < list.Count ? list[(int)index] : throw new CelException($"index out of bounds: {index}"),
        (IReadOnlyDictionary<string, object?>, string key) => Field(target, key),
        _ => throw new CelException("no such overload"),
    };

    private object? Call(CelNode.Call call)
    {
        object?[] arguments = [.. call.Target is null ? [] : (object?[])[Run(call.Target)], .. call.Arguments.Select(Run)];
        foreach (var form in CelFunctions.Named(call.Function))
        {
            if (form.Target is null == call.Target is null && Fits(form, arguments)) return form.Run(arguments, budget);
        }
        throw new CelException("no such overload");
    }

    private static bool Fits(CelFunction form, object?[] arguments)
    {
        CelShape[] wanted = [.. form.Target is { } target ? [target] : (CelShape[])[], .. form.Arguments];
        return wanted.Length == arguments.Length && wanted.Zip(arguments).All(pair => pair.First switch
        {
            CelShape.Dyn => true,
            CelShape.String => pair.Second is string,
            CelShape.Int => pair.Second is long,
            CelShape.List => pair.Second is IReadOnlyList<object?>,
            CelShape.Map => pair.Second is IReadOnlyDictionary<string, object?>,
            _ => false,
        });
    }

    private object? Macro(CelNode.Macro macro)
    {
        var range = Run(macro.Target) switch
        {
            IReadOnlyList<object?> list => list,
            IReadOnlyDictionary<string, object?> map => map.Keys.Order(StringComparer.Ordinal).ToList<object?>(),
            _ => throw new CelException("no such overload"),
        };
        var hidden = _variables.TryGetValue(macro.Variable, out var outer);
        try
        {
            return macro.Function switch
            {
                "all" => Quantified(macro, range, decisive: false),
                "exists" => Quantified(macro, range, decisive: true),
                "exists_one" => range.Count(item => Flag(Body(macro.Body, macro.Variable, item))) == 1,
                "filter" => range.Where(item => Flag(Body(macro.Body, macro.Variable, item))).ToList(),
                _ => range.Where(item => macro.Filter is null || Flag(Body(macro.Filter, macro.Variable, item))).Select(item => Body(macro.Body, macro.Variable, item)).ToList(),
            };
        }
        finally
        {
            if (hidden) _variables[macro.Variable] = outer;
            else _variables.Remove(macro.Variable);
        }
    }

    /// <summary>One item that decides counts more than others that fail.</summary>
    private bool Quantified(CelNode.Macro macro, IReadOnlyList<object?> range, bool decisive)
    {
        CelException? failure = null;
        foreach (var item in range)
        {
            try
            {
                if (Flag(Body(macro.Body, macro.Variable, item)) == decisive) return decisive;
            }
            catch (CelException problem) when (!budget.IsSpent)
            {
                failure ??= problem;
            }
        }
        return failure is null ? !decisive : throw failure;
    }

    private object? Body(CelNode body, string variable, object? item)
    {
        _variables[variable] = item;
        return Run(body);
    }

    private object? Unary(CelNode.Unary unary) => (unary.Operator, Run(unary.Operand)) switch
    {
        ("!", bool flag) => !flag,
        ("-", long number) => number == long.MinValue ? throw new CelException("integer overflow") : -number,
        ("-", double number) => -number,
        _ => throw new CelException("no such overload"),
    };

    /// <summary>Either side may decide alone, even if the other one fails.</summary>
    private bool Logic(CelNode.Binary binary)
    {
        var decisive = binary.Operator == "||";
        CelException failure;
        try
        {
            if (Flag(Run(binary.Left)) == decisive) return decisive;
            return Flag(Run(binary.Right));
        }
        catch (CelException problem) when (!budget.IsSpent)
        {
            failure = problem;
        }
        if (Flag(Run(binary.Right)) == decisive) return decisive;
        throw failure;
    }

    private object? Binary(string sign, object? left, object? right) => sign switch
    {
        "==" => CelValues.Same(left, right),
        "!=" => !CelValues.Same(left, right),
        "<" => CelValues.Compare(left, right) < 0,
        "<=" => CelValues.Compare(left, right) <= 0,
        ">" => CelValues.Compare(left, right) > 0,
        ">=" => CelValues.Compare(left, right) >= 0,
        "in" => IsIn(left, right),
        _ => CelValues.Arithmetic(sign, left, right, budget),
    };

    private bool IsIn(object? item, object? container)
    {
        if (container is IReadOnlyDictionary<string, object?> map) return item is string key && map.ContainsKey(key);
        if (container is not IReadOnlyList<object?> list) throw new CelException("no such overload");
        budget.Spend(list.Count);
        return list.Any(other => CelValues.Same(item, other));
    }

    private static bool Flag(object? value) => value as bool? ?? throw new CelException("no such overload");
}
