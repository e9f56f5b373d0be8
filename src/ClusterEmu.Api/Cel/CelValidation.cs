using System.Globalization;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Holds an object against the rules of its schema.</summary>
/// <remarks>
/// Source: KEP-2876 and k8s.io/apiextensions-apiserver pkg/apiserver/schema/cel/validation.go. What has not changed is not checked again, but rules about
/// changes are: they see the value before as oldSelf.
/// </remarks>
internal sealed class CelValidation
{
    private readonly CelBudget _budget = new();
    private readonly List<FieldError> _errors;

    private CelValidation(List<FieldError> errors) => _errors = errors;

    public static void Check(List<FieldError> errors, StructuralSchema schema, JsonElement value, JsonElement? old) => new CelValidation(errors).Value(schema, value, old, "");

    private void Value(StructuralSchema schema, JsonElement value, JsonElement? old, string path)
    {
        if (!schema.HasValidations || value.ValueKind == JsonValueKind.Null || _budget.IsSpent) return;
        var unchanged = old is { } before && JsonTree.Same(value, before);
        foreach (var rule in schema.Validations)
        {
            if (rule.IsTransition ? old is null : unchanged) continue;
            if (_budget.IsSpent)
            {
                _errors.Add(Invalid(path, schema, "validation failed due to running out of cost budget, no further validation rules will be run"));
                return;
            }
            Rule(rule, schema, value, old, path);
        }
        if (value.ValueKind == JsonValueKind.Object)
        {
            foreach (var member in value.EnumerateObject())
            {
                if (schema.Of(member.Name) is not { } inner) continue;
                JsonElement? known = old is { ValueKind: JsonValueKind.Object } map && map.TryGetProperty(member.Name, out var found) ? found : null;
                Value(inner, member.Value, known, path.Length == 0 ? member.Name : $"{path}.{member.Name}");
            }
        }
        else if (value.ValueKind == JsonValueKind.Array && schema.Items is { } items)
        {
            var correlated = ListUniqueness.Correlate(schema.Rules, old);
            var index = 0;
            foreach (var item in value.EnumerateArray()) Value(items, item, unchanged ? item : correlated(item), string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"));
        }
    }

    private void Rule(CelRule rule, StructuralSchema schema, JsonElement value, JsonElement? old, string path)
    {
        _budget.BeginRule();
        var variables = new Dictionary<string, object?>(StringComparer.Ordinal);
        try
        {
            variables["self"] = CelValues.Of(value, schema.Rules, _budget);
            if (rule.IsTransition) variables["oldSelf"] = CelValues.Of(old!.Value, schema.Rules, _budget);
            if (new CelEvaluator(variables, _budget).Run(rule.Rule) is true) return;
        }
        catch (CelException problem)
        {
            _errors.Add(Invalid(path, schema, $"{problem.Message} evaluating rule: {(rule.Source.Message.Length > 0 ? rule.Source.Message : rule.Source.Rule)}"));
            return;
        }
        _errors.Add(Refusal(rule, schema, CelFieldPath.Below(path, rule.Source.FieldPath), MessageOf(rule, variables)));
    }

    private string MessageOf(CelRule rule, Dictionary<string, object?> variables)
    {
        if (rule.Message is not null)
        {
            try
            {
                _budget.BeginRule();
                if (new CelEvaluator(variables, _budget).Run(rule.Message) is string text && !string.IsNullOrWhiteSpace(text) && !text.Contains('\n', StringComparison.Ordinal)) return text.Trim();
            }
            catch (CelException)
            {
                // A message that cannot be worked out is replaced by the plain one.
            }
        }
        return rule.Source.Message.Length > 0 ? rule.Source.Message.Trim() : $"failed rule: {rule.Source.Rule.Trim()}";
    }

    private static FieldError Refusal(CelRule rule, StructuralSchema schema, string path, string message) => rule.Source.Reason switch
    {
        "FieldValueForbidden" => FieldErrors.Forbidden(At(path), message),
        "FieldValueRequired" => FieldErrors.Required(At(path), message),
        "FieldValueDuplicate" => FieldErrors.Duplicate(At(path), schema.Rules.Type, message),
        _ => Invalid(path, schema, message),
    };

    private static FieldError Invalid(string path, StructuralSchema schema, string message) => FieldErrors.Invalid(At(path), schema.Rules.Type, message);

    private static FieldPath At(string path) => FieldPath.Of(path.Length == 0 ? "<nil>" : path);
}
