using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace ClusterEmu.Actors;

/// <summary>Calls one constructor, prepared once per constructor.</summary>
internal sealed class ActorActivator
{
    private static readonly ConcurrentDictionary<ConstructorInfo, ActorActivator> Known = new();
    private static readonly ActorActivator NoConstructor = new(null);

    private readonly ConstructorInvoker? _invoker;

    private ActorActivator(ConstructorInfo? constructor) => _invoker = constructor is null ? null : ConstructorInvoker.Create(constructor);

    public static ActorActivator For(ConstructorInfo constructor) => Known.GetOrAdd(constructor, static c => new ActorActivator(c));

    public static ActorActivator For(Type type, object[] args)
    {
        ArgumentNullException.ThrowIfNull(type, nameof(type));
        ArgumentNullException.ThrowIfNull(args);
        ConstructorInfo? best = null;
        foreach (var constructor in type.GetConstructors(BindingFlags.Public | BindingFlags.Instance))
            if (Fits(constructor.GetParameters(), args) && (best is null || IsNarrower(constructor, best)))
                best = constructor;
        return best is null ? NoConstructor : For(best);
    }

    public ActorBase Create(Type type, object[] args)
    {
        Check(type, args);
        return (ActorBase)_invoker!.Invoke(args.AsSpan<object?>());
    }

    public void Check(Type type, object[] args)
    {
        if (_invoker is not null) return;
        var wanted = string.Join(", ", args.Select(arg => arg is null ? "null" : arg.GetType().ToString()));
        throw new MissingMethodException(
            $"{type} has no public constructor that takes ({wanted}). Give Props.Create the arguments of one that it has.");
    }

    private static bool Fits(ParameterInfo[] parameters, object[] args)
    {
        if (parameters.Length != args.Length) return false;
        for (var i = 0; i < args.Length; i++)
        {
            var type = parameters[i].ParameterType;
            if (args[i] is null ? type.IsValueType && Nullable.GetUnderlyingType(type) is null : !type.IsInstanceOfType(args[i])) return false;
        }

        return true;
    }

    private static bool IsNarrower(ConstructorInfo candidate, ConstructorInfo best)
    {
        var mine = candidate.GetParameters();
        var others = best.GetParameters();
        return mine.Where((parameter, i) => others[i].ParameterType.IsAssignableFrom(parameter.ParameterType)).Count() == mine.Length;
    }
}

/// <summary>Computes the arguments of a constructor expression, without compiling the usual ones.</summary>
internal static class ConstructorArguments
{
    public static object[] Evaluate(IReadOnlyList<Expression> arguments)
    {
        if (arguments.Count == 0) return [];
        var values = new object[arguments.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Evaluate(arguments[i])!;
        return values;
    }

    private static object? Evaluate(Expression expression) => expression switch
    {
        ConstantExpression constant => constant.Value,
        MemberExpression { Member: FieldInfo field } access => field.GetValue(access.Expression is null ? null : Evaluate(access.Expression)),
        UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert
            when !convert.Type.IsValueType || convert.Operand.Type == convert.Type => Evaluate(convert.Operand),
        _ => Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)(),
    };
}
