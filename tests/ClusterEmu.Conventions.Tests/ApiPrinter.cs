using System.Reflection;

namespace ClusterEmu.Conventions.Tests;

/// <summary>Prints a type's public and protected members as the list of the Akka.NET API does.</summary>
internal static class ApiPrinter
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static IEnumerable<string> Members(Type type)
    {
        if (type.BaseType == typeof(MulticastDelegate))
        {
            var invoke = type.GetMethod("Invoke")!;
            yield return $"delegate {Name(invoke.ReturnType)} ({Parameters(invoke)})";
            yield break;
        }

        if (type.IsEnum)
        {
            yield return string.Join(", ", Enum.GetNames(type));
            yield break;
        }

        foreach (var constructor in type.GetConstructors(Declared).Where(c => !c.IsStatic && IsSeen(c)))
            yield return $"{Protection(constructor)}new({Parameters(constructor)})";
        foreach (var field in type.GetFields(Declared).Where(f => (f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly) && !f.IsSpecialName))
            yield return $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}";
        foreach (var property in type.GetProperties(Declared))
            if (Property(type, property) is { } text)
                yield return text;
        foreach (var method in type.GetMethods(Declared).Where(m => IsSeen(m) && !m.IsSpecialName && !IsOfObject(m)))
            yield return Method(type, method);
    }

    /// <summary>Kind and name of a type, as in <c>abstract class ActorBase</c>.</summary>
    public static string Kind(Type type)
    {
        var kind = type.IsInterface ? "interface"
            : type.IsEnum ? "enum"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : type.IsAbstract ? "abstract class"
            : type.IsSealed ? "sealed class"
            : "class";
        return $"{kind} {Name(type)}";
    }

    public static string Name(Type type)
    {
        if (type.IsByRef) return Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        var simple = type.Name switch
        {
            "Void" => "void",
            "Object" => "object",
            "String" => "string",
            "Boolean" => "bool",
            "Int32" => "int",
            "Int64" => "long",
            "Double" => "double",
            _ => type.Name,
        };
        if (!type.IsGenericParameter && type.DeclaringType is { } outer) simple = $"{Name(outer)}.{simple}";
        return type.IsGenericType
            ? $"{simple.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
            : simple;
    }

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsOfObject(MethodInfo method) =>
        method.Name is "ToString" or "GetHashCode" or "Equals" or "Finalize" or "op_Equality" or "op_Inequality" || method.Name.StartsWith('<');

    private static string Protection(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string? Property(Type type, PropertyInfo property)
    {
        var getter = property.GetMethod is { } get && IsSeen(get) ? get : null;
        var setter = property.SetMethod is { } set && IsSeen(set) ? set : null;
        if (getter is null && setter is null) return null;
        var accessor = getter ?? setter!;
        var isStatic = accessor.IsStatic ? "static " : "";
        return $"{Protection(accessor)}{isStatic}{Name(property.PropertyType)} {property.Name} {{ {(getter is null ? "" : "get; ")}{(setter is null ? "" : "set; ")}}}";
    }

    private static string Method(Type type, MethodInfo method)
    {
        var kind = method.IsStatic ? "static "
            : type.IsInterface ? ""
            : method.IsAbstract ? "abstract "
            : method.GetBaseDefinition() != method ? "override "
            : method is { IsVirtual: true, IsFinal: false } ? "virtual "
            : "";
        var generics = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        return $"{Protection(method)}{kind}{Name(method.ReturnType)} {method.Name}{generics}({Parameters(method)}){Constraints(method)}";
    }

    private static string Parameters(MethodBase method)
    {
        var isExtension = method.IsDefined(typeof(System.Runtime.CompilerServices.ExtensionAttribute), false);
        return string.Join(", ", method.GetParameters().Select((parameter, i) =>
            (i == 0 && isExtension ? "this " : "")
            + (parameter.IsOut ? "out " : "")
            + (parameter.IsDefined(typeof(ParamArrayAttribute)) ? "params " : "")
            + $"{Name(parameter.ParameterType)} {parameter.Name}"
            + (parameter.HasDefaultValue ? $" = {Default(parameter)}" : "")));
    }

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => "default",
        var value => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private static string Constraints(MethodInfo method)
    {
        if (!method.IsGenericMethod) return "";
        var texts = new List<string>();
        foreach (var argument in method.GetGenericArguments())
        {
            var attributes = argument.GenericParameterAttributes;
            var parts = new List<string>();
            if (attributes.HasFlag(GenericParameterAttributes.ReferenceTypeConstraint)) parts.Add("class");
            parts.AddRange(argument.GetGenericParameterConstraints().Select(Name));
            if (attributes.HasFlag(GenericParameterAttributes.DefaultConstructorConstraint)) parts.Add("new()");
            if (parts.Count > 0) texts.Add($"where {argument.Name} : {string.Join(", ", parts)}");
        }

        return texts.Count == 0 ? "" : " " + string.Join(" ", texts);
    }
}
