using System.Globalization;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Holds a value against a schema, with the messages of Kubernetes.</summary>
/// <remarks>
/// Source: k8s.io/kube-openapi pkg/validation/validate and k8s.io/apiextensions-apiserver pkg/apiserver/validation. What was in the object before and
/// has not changed is not refused (KEP-4008, "ratcheting"): a schema may become stricter without holding up objects that are older.
/// </remarks>
internal sealed class SchemaValidation
{
    private readonly List<FieldError> _errors = [];

    private SchemaValidation()
    {
    }

    /// <summary>Every problem of a value.</summary>
    /// <param name="schema">What it must look like.</param>
    /// <param name="value">The value.</param>
    /// <param name="path">Its place in the object; empty for the object itself.</param>
    /// <param name="old">The value that it replaces, if there is one.</param>
    public static IReadOnlyList<FieldError> Check(StructuralSchema schema, JsonElement value, string path = "", JsonElement? old = null)
    {
        var check = new SchemaValidation();
        check.Value(schema, value, path, old, nested: false);
        return check._errors;
    }

    /// <param name="schema">What the value must look like.</param>
    /// <param name="value">The value.</param>
    /// <param name="path">Its place.</param>
    /// <param name="old">What it replaces.</param>
    /// <param name="nested">True within allOf and its like, where a schema has no structure of its own.</param>
    private void Value(StructuralSchema schema, JsonElement value, string path, JsonElement? old, bool nested)
    {
        if (old is { } before && JsonTree.Same(value, before)) return;
        var rules = schema.Rules;
        if (value.ValueKind == JsonValueKind.Null && (rules.Nullable || (nested && rules.Type.Length == 0))) return;
        CheckType(rules, value, path);
        Junctors(schema, value, path);
        switch (value.ValueKind)
        {
            case JsonValueKind.String: CheckString(schema, value.GetString()!, path); break;
            case JsonValueKind.Number: CheckNumber(rules, value, path); break;
            case JsonValueKind.Array: CheckList(schema, value, path, old, nested); break;
        }
        if (rules.Enum.Count > 0 && !rules.Enum.Any(allowed => JsonTree.Same(allowed, value)))
        {
            var shown = rules.Enum.Select(allowed => allowed.ValueKind == JsonValueKind.String ? allowed.GetString()! : allowed.GetRawText()).ToArray();
            _errors.Add(FieldErrors.NotSupported(At(path), GoJson.Literal(value), shown));
        }
        if (value.ValueKind == JsonValueKind.Object) CheckMap(schema, value, path, old, nested);
    }

    private void CheckType(JSONSchemaProps rules, JsonElement value, string path)
    {
        var wanted = rules.XIntOrString ? "integer,string" : rules.Type;
        if (wanted.Length == 0) return;
        var found = GoJson.TypeOf(value);
        if (wanted.Split(',').Any(type => type == found || (type == "number" && found == "integer"))) return;
        _errors.Add(TypeInvalid(path, found, wanted, GoSyntax.Quote(found)));
    }

    private static FieldError TypeInvalid(string path, object? value, string wanted, string shown) => new(
        "FieldValueTypeInvalid", path.Length == 0 ? "<nil>" : path, $"Invalid value: {GoSyntax.Write(value)}: {path} in body must be of type {wanted}: {shown}");

    private void CheckString(StructuralSchema schema, string text, string path)
    {
        var rules = schema.Rules;
        if (rules.MaxLength is { } max && Length(text) > max) _errors.Add(FieldErrors.TooLong(At(path), (int)Math.Min(max, int.MaxValue)));
        if (rules.MinLength is { } min && Length(text) < min) Invalid(path, text, $"should be at least {min} chars long");
        if (schema.Pattern is { } pattern && !pattern.IsMatch(text)) Invalid(path, text, $"should match '{rules.Pattern}'");
        if (rules.Format.Length > 0 && !StringFormats.Accepts(rules.Format, text)) _errors.Add(TypeInvalid(path, text, rules.Format, GoSyntax.Quote(text)));
    }

    private static int Length(string text) => text.EnumerateRunes().Count();

    private void CheckNumber(JSONSchemaProps rules, JsonElement value, string path)
    {
        var number = value.GetDouble();
        if (rules.MultipleOf is { } factor and not 0 && !IsMultiple(value, number, factor)) Invalid(path, GoJson.Literal(value), $"should be a multiple of {GoJson.Number(factor)}");
        if (rules.Maximum is { } max && (number > max || (rules.ExclusiveMaximum && number == max)))
            Invalid(path, GoJson.Literal(value), $"should be less than {(rules.ExclusiveMaximum ? "" : "or equal to ")}{GoJson.Number(max)}");
        if (rules.Minimum is { } min && (number < min || (rules.ExclusiveMinimum && number == min)))
            Invalid(path, GoJson.Literal(value), $"should be greater than {(rules.ExclusiveMinimum ? "" : "or equal to ")}{GoJson.Number(min)}");
    }

    private static bool IsMultiple(JsonElement value, double number, double factor)
    {
        if (value.TryGetDecimal(out var exact) && Math.Abs(factor) < 1e18 && (decimal)factor is var unit and not 0) return exact % unit == 0;
        var times = number / factor;
        return Math.Floor(times) == times;
    }

    private void CheckList(StructuralSchema schema, JsonElement list, string path, JsonElement? old, bool nested)
    {
        var rules = schema.Rules;
        var count = list.GetArrayLength();
        if (rules.MinItems is { } min && count < min) Invalid(path, count, $"should have at least {min} items");
        if (rules.MaxItems is { } max && count > max) _errors.Add(FieldErrors.TooMany(At(path), count, (int)Math.Min(max, int.MaxValue)));
        if (schema.Items is not { } items) return;
        var before = ListUniqueness.Correlate(rules, old);
        for (var i = 0; i < count; i++) Value(items, list[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), before(list[i]), nested);
    }

    private void CheckMap(StructuralSchema schema, JsonElement map, string path, JsonElement? old, bool nested)
    {
        var rules = schema.Rules;
        var count = rules.MinProperties is null && rules.MaxProperties is null ? 0 : map.EnumerateObject().Count();
        if (rules.MinProperties is { } min && count < min) Invalid(path, count, $"should have at least {min} properties");
        if (rules.MaxProperties is { } max && count > max) _errors.Add(FieldErrors.TooMany(At(path), count, (int)Math.Min(max, int.MaxValue)));
        foreach (var name in rules.Required)
        {
            if (!map.TryGetProperty(name, out _)) _errors.Add(FieldErrors.Required(FieldPath.Of(Below(path, name))));
        }
        foreach (var member in map.EnumerateObject())
        {
            if (schema.Of(member.Name) is not { } inner) continue;
            JsonElement? before = old is { ValueKind: JsonValueKind.Object } known && known.TryGetProperty(member.Name, out var found) ? found : null;
            Value(inner, member.Value, Below(path, member.Name), before, nested);
        }
        if (rules.XEmbeddedResource) CheckResource(map, path);
    }

    private void CheckResource(JsonElement map, string path)
    {
        foreach (var name in (string[])["apiVersion", "kind"])
        {
            if (!map.TryGetProperty(name, out var value) || value is not { ValueKind: JsonValueKind.String } || value.GetString()!.Length == 0)
                _errors.Add(FieldErrors.Required(FieldPath.Of(Below(path, name)), "must not be empty"));
        }
    }

    private void Junctors(StructuralSchema schema, JsonElement value, string path)
    {
        if (schema.AnyOf.Count > 0)
        {
            var tried = schema.AnyOf.Select(one => Try(one, value, path)).ToList();
            if (tried.TrueForAll(errors => errors.Count > 0)) Whole($"{GoSyntax.Quote(path)} must validate at least one schema (anyOf)", tried.MinBy(errors => errors.Count)!);
        }
        if (schema.OneOf.Count > 0)
        {
            var tried = schema.OneOf.Select(one => Try(one, value, path)).ToList();
            var fitting = tried.Count(errors => errors.Count == 0);
            if (fitting != 1)
            {
                var found = fitting == 0 ? "Found none valid" : $"Found {fitting} valid alternatives";
                Whole($"{GoSyntax.Quote(path)} must validate one and only one schema (oneOf). {found}", fitting == 0 ? tried.MinBy(errors => errors.Count)! : []);
            }
        }
        if (schema.AllOf.Count > 0)
        {
            var problems = schema.AllOf.SelectMany(one => Try(one, value, path)).ToList();
            if (problems.Count > 0) Whole($"{GoSyntax.Quote(path)} must validate all the schemas (allOf)", problems);
        }
        if (schema.Not is { } not && Try(not, value, path).Count == 0) Whole($"{GoSyntax.Quote(path)} must not validate the schema (not)", []);
    }

    private static List<FieldError> Try(StructuralSchema schema, JsonElement value, string path)
    {
        var check = new SchemaValidation();
        check.Value(schema, value, path, null, nested: true);
        return check._errors;
    }

    /// <summary>A problem that no field can be named for; Kubernetes shows it at "&lt;nil&gt;".</summary>
    private void Whole(string message, IReadOnlyList<FieldError> because)
    {
        _errors.Add(new FieldError("FieldValueInvalid", "<nil>", $"Invalid value: \"\": {message}"));
        _errors.AddRange(because);
    }

    private void Invalid(string path, object? value, string detail) => _errors.Add(FieldErrors.Invalid(At(path), value, $"{path} in body {detail}"));

    /// <summary>A path, with what Kubernetes calls that of the object itself.</summary>
    private static FieldPath At(string path) => FieldPath.Of(path.Length == 0 ? "<nil>" : path);

    private static string Below(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
