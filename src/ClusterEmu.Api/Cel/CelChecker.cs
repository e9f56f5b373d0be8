namespace ClusterEmu.Api;

/// <summary>Works out what an expression gives before it is evaluated, and refuses what cannot be: unknown names, fields and functions, wrong types.</summary>
internal sealed class CelChecker(IReadOnlyDictionary<string, CelType> variables)
{
    private readonly Dictionary<string, CelType> _variables = new(variables, StringComparer.Ordinal);

    /// <exception cref="CelException">The expression is refused; the message says what and where.</exception>
    public CelType Check(CelNode node) => node switch
    {
        CelNode.Constant constant => OfConstant(constant.Value),
        CelNode.Name name => _variables.TryGetValue(name.Text, out var known) ? known : throw Undeclared(name.Text, name.Position),
        CelNode.Select select => Field(Check(select.Target), select.Field, select.Position),
        CelNode.Has has => CheckHas(has),
        CelNode.Index index => CheckIndex(index),
        CelNode.Call call => CheckCall(call),
        CelNode.Macro macro => CheckMacro(macro),
        CelNode.Unary unary => CheckUnary(unary),
        CelNode.Binary binary => CheckBinary(binary),
        CelNode.Choice choice => CheckChoice(choice),
        CelNode.List list => new CelType(CelShape.List, Common(list.Items.Select(Check))),
        CelNode.Map map => CheckMap(map),
        _ => CelType.Dyn,
    };

    private static CelType OfConstant(object? value) => value switch
    {
        null => CelType.Null,
        bool => CelType.Bool,
        long => CelType.Int,
        double => CelType.Double,
        _ => CelType.String,
    };

    private CelType CheckHas(CelNode.Has has)
    {
        Field(Check(has.Target), has.Field, has.Position);
        return CelType.Bool;
    }

    private static CelType Field(CelType target, string field, int position) => target.Shape switch
    {
        CelShape.Dyn => CelType.Dyn,
        CelShape.Map => target.Item!,
        CelShape.Object when target.Schema!.Properties.TryGetValue(field, out var schema) => CelType.Of(schema),
        CelShape.Object => throw new CelException($"undefined field '{field}'", position),
        _ => throw new CelException($"type '{target}' does not support field selection", position),
    };

    private CelType CheckIndex(CelNode.Index index)
    {
        var (target, at) = (Check(index.Target), Check(index.At));
        var fits = target.Shape switch { CelShape.Dyn => true, CelShape.List => at.IsDyn || at.Shape == CelShape.Int, CelShape.Map => at.IsDyn || at.Shape == CelShape.String, _ => false };
        return fits ? target.Item ?? CelType.Dyn : throw NoOverload("_[_]", index.Position, target, at);
    }

    private CelType CheckCall(CelNode.Call call)
    {
        var forms = CelFunctions.Named(call.Function).Where(form => form.Target is null == call.Target is null).ToList();
        if (forms.Count == 0) throw Undeclared(call.Function, call.Position);
        CelType[] given = [.. call.Target is null ? [] : (CelType[])[Check(call.Target)], .. call.Arguments.Select(Check)];
        if (call is { Function: "matches", Arguments: [.., CelNode.Constant { Value: string pattern } constant] } && !GoRegex.TryParse(pattern, out _, out var problem))
            throw new CelException($"invalid matches argument: {problem}", constant.Position);
        var found = forms.Find(form => Fits(form, given)) ?? throw NoOverload(call.Function, call.Position, given);
        return found.Result;
    }

    private static bool Fits(CelFunction form, CelType[] given)
    {
        CelShape[] wanted = [.. form.Target is { } target ? [target] : (CelShape[])[], .. form.Arguments];
        return wanted.Length == given.Length && wanted.Zip(given).All(pair => pair.First == CelShape.Dyn || pair.Second.IsDyn || pair.First == pair.Second.Shape || (pair.First == CelShape.Map && pair.Second.Shape == CelShape.Object));
    }

    private CelType CheckMacro(CelNode.Macro macro)
    {
        var target = Check(macro.Target);
        var item = target.Shape switch
        {
            CelShape.Dyn => CelType.Dyn,
            CelShape.List => target.Item!,
            CelShape.Map or CelShape.Object => CelType.String,
            _ => throw new CelException($"expression of type '{target}' cannot be range of a comprehension (must be list, map, or dynamic)", macro.Target.Position),
        };
        var hidden = _variables.TryGetValue(macro.Variable, out var outer);
        _variables[macro.Variable] = item;
        var filter = macro.Filter is null ? CelType.Bool : Check(macro.Filter);
        var body = Check(macro.Body);
        if (hidden) _variables[macro.Variable] = outer!;
        else _variables.Remove(macro.Variable);
        if (!IsBool(filter)) throw NoOverload("_?_:_", macro.Filter!.Position, filter);
        if (macro.Function == "map") return new CelType(CelShape.List, body);
        if (!IsBool(body)) throw new CelException($"expected type 'bool' but found '{body}'", macro.Body.Position);
        return macro.Function == "filter" ? new CelType(CelShape.List, item) : CelType.Bool;
    }

    private CelType CheckUnary(CelNode.Unary unary)
    {
        var operand = Check(unary.Operand);
        if (operand.IsDyn) return unary.Operator == "!" ? CelType.Bool : CelType.Dyn;
        var fits = unary.Operator == "!" ? operand.Shape == CelShape.Bool : operand.IsNumber;
        return fits ? operand : throw NoOverload($"{unary.Operator}_", unary.Position, operand);
    }

    private CelType CheckBinary(CelNode.Binary binary)
    {
        var (left, right) = (Check(binary.Left), Check(binary.Right));
        var name = binary.Operator == "in" ? "@in" : $"_{binary.Operator}_";
        switch (binary.Operator)
        {
            case "&&" or "||":
                return IsBool(left) && IsBool(right) ? CelType.Bool : throw NoOverload(name, binary.Position, left, right);
            case "==" or "!=":
                return AreLike(left, right) ? CelType.Bool : throw NoOverload(name, binary.Position, left, right);
            case "<" or "<=" or ">" or ">=":
                var ordered = left.IsDyn || right.IsDyn || (left.IsNumber && right.IsNumber)
                    || (left.Shape == right.Shape && left.Shape is CelShape.String or CelShape.Bool or CelShape.Duration or CelShape.Timestamp);
                return ordered ? CelType.Bool : throw NoOverload(name, binary.Position, left, right);
            case "in":
                var holds = right.Shape is CelShape.Dyn or CelShape.Object || (right.Shape == CelShape.List && AreLike(left, right.Item!)) || (right.Shape == CelShape.Map && AreLike(left, CelType.String));
                return holds ? CelType.Bool : throw NoOverload(name, binary.Position, left, right);
            default:
                return Sum(binary.Operator, left, right) ?? throw NoOverload(name, binary.Position, left, right);
        }
    }

    private static CelType? Sum(string sign, CelType left, CelType right)
    {
        if (left.IsDyn || right.IsDyn) return CelType.Dyn;
        return (left.Shape, right.Shape) switch
        {
            (CelShape.Int, CelShape.Int) => CelType.Int,
            (CelShape.Double, CelShape.Double) when sign != "%" => CelType.Double,
            (CelShape.String, CelShape.String) when sign == "+" => CelType.String,
            (CelShape.List, CelShape.List) when sign == "+" => left,
            (CelShape.Duration, CelShape.Duration) when sign is "+" or "-" => CelType.Duration,
            (CelShape.Timestamp, CelShape.Duration) when sign is "+" or "-" => CelType.Timestamp,
            (CelShape.Duration, CelShape.Timestamp) when sign == "+" => CelType.Timestamp,
            (CelShape.Timestamp, CelShape.Timestamp) when sign == "-" => CelType.Duration,
            _ => null,
        };
    }

    private CelType CheckChoice(CelNode.Choice choice)
    {
        var condition = Check(choice.Condition);
        var (then, otherwise) = (Check(choice.Then), Check(choice.Else));
        if (!IsBool(condition) || !AreLike(then, otherwise)) throw NoOverload("_?_:_", choice.Position, condition, then, otherwise);
        return then.IsDyn ? otherwise : then;
    }

    private CelType CheckMap(CelNode.Map map)
    {
        foreach (var (key, _) in map.Entries)
        {
            if (Check(key) is { Shape: not (CelShape.String or CelShape.Dyn) } wrong) throw new CelException($"unsupported key type: {wrong}", key.Position);
        }
        return new CelType(CelShape.Map, Common(map.Entries.Select(entry => Check(entry.Value))));
    }

    private static CelType Common(IEnumerable<CelType> types)
    {
        CelType? common = null;
        foreach (var type in types)
        {
            if (common is not null && common != type) return CelType.Dyn;
            common = type;
        }
        return common ?? CelType.Dyn;
    }

    private static bool IsBool(CelType type) => type.Shape is CelShape.Bool or CelShape.Dyn;

    private static bool AreLike(CelType left, CelType right)
    {
        if (left.IsDyn || right.IsDyn) return true;
        if (left.Shape == CelShape.Null || right.Shape == CelShape.Null) return left.Shape == right.Shape || left.Shape is CelShape.Object or CelShape.Map or CelShape.List || right.Shape is CelShape.Object or CelShape.Map or CelShape.List;
        if (left.Shape == CelShape.List && right.Shape == CelShape.List) return AreLike(left.Item!, right.Item!);
        var (one, other) = (left.Shape == CelShape.Object ? CelShape.Map : left.Shape, right.Shape == CelShape.Object ? CelShape.Map : right.Shape);
        return one == other;
    }

    private static CelException Undeclared(string name, int position) => new($"undeclared reference to '{name}' (in container '')", position);

    private static CelException NoOverload(string name, int position, params CelType[] types) =>
        new($"found no matching overload for '{name}' applied to '({string.Join(", ", (IEnumerable<CelType>)types)})'", position);
}
