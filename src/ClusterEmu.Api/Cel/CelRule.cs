namespace ClusterEmu.Api;

/// <summary>A rule of a schema (x-kubernetes-validations), read and checked.</summary>
public sealed class CelRule
{
    private CelRule(ValidationRule source, CelNode rule, CelNode? message, bool isTransition) =>
        (Source, Rule, Message, IsTransition) = (source, rule, message, isTransition);

    /// <summary>The rule as its author wrote it.</summary>
    public ValidationRule Source { get; }

    /// <summary>Whether it speaks of the value before: then it holds for changes only.</summary>
    public bool IsTransition { get; }

    internal CelNode Rule { get; }
    internal CelNode? Message { get; }

    /// <summary>The rules of one schema that can be read.</summary>
    internal static IReadOnlyList<CelRule> All(JSONSchemaProps schema)
    {
        if (schema.XValidations.Count == 0) return [];
        var rules = new List<CelRule>();
        foreach (var rule in schema.XValidations)
        {
            try
            {
                rules.Add(Read(rule, schema, isRoot: true));
            }
            catch (CelException)
            {
                // The definition's validation refuses it; here it is one that was stored before.
            }
        }
        return rules;
    }

    /// <summary>Refuses the rules of a schema and of all below it that cannot be.</summary>
    internal static void CheckAll(List<FieldError> errors, JSONSchemaProps schema, FieldPath path) => CheckAll(errors, schema, path, isRoot: true, correlatable: true);

    private static void CheckAll(List<FieldError> errors, JSONSchemaProps schema, FieldPath path, bool isRoot, bool correlatable)
    {
        for (var i = 0; i < schema.XValidations.Count; i++) CheckOne(errors, schema, schema.XValidations[i], path.Child("x-kubernetes-validations").Index(i), isRoot, correlatable);
        foreach (var (name, property) in schema.Properties) CheckAll(errors, property, path.Child("properties").Key(name), isRoot: false, correlatable);
        if (schema.AdditionalProperties?.Schema is { } values) CheckAll(errors, values, path.Child("additionalProperties"), isRoot: false, correlatable);
        if (schema.Items?.Schema is { } items) CheckAll(errors, items, path.Child("items"), isRoot: false, correlatable && schema.XListType == "map");
    }

    private static void CheckOne(List<FieldError> errors, JSONSchemaProps schema, ValidationRule rule, FieldPath path, bool isRoot, bool correlatable)
    {
        if (string.IsNullOrWhiteSpace(rule.Rule))
        {
            errors.Add(FieldErrors.Required(path.Child("rule"), "rule is not specified"));
            return;
        }
        if (rule.Message.Length > 0 && string.IsNullOrWhiteSpace(rule.Message)) errors.Add(FieldErrors.Invalid(path.Child("message"), rule.Message, "message must be non-empty if specified"));
        if (rule.Message.Contains('\n', StringComparison.Ordinal)) errors.Add(FieldErrors.Invalid(path.Child("message"), rule.Message, "message must not contain line breaks"));
        if (rule.Message.Length == 0 && rule.MessageExpression.Length == 0 && rule.Rule.Trim().Contains('\n', StringComparison.Ordinal))
            errors.Add(FieldErrors.Required(path.Child("message"), "message must be specified if rule contains line breaks"));
        if (rule.Reason is { } reason && reason is not ("FieldValueInvalid" or "FieldValueForbidden" or "FieldValueRequired" or "FieldValueDuplicate"))
            errors.Add(FieldErrors.NotSupported(path.Child("reason"), reason, "FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"));
        if (rule.FieldPath.Length > 0 && !CelFieldPath.Exists(schema, rule.FieldPath))
            errors.Add(FieldErrors.Invalid(path.Child("fieldPath"), rule.FieldPath, "fieldPath must be a valid path: does not refer to a valid field"));
        if (rule.OptionalOldSelf == true)
            errors.Add(FieldErrors.Invalid(path.Child("optionalOldSelf"), true, "optional values are not available here: write a rule with oldSelf, which holds for changes, and one without it"));
        try
        {
            if (Read(rule, schema, isRoot).IsTransition && !correlatable)
                errors.Add(FieldErrors.Invalid(path.Child("rule"), rule.Rule, $"oldSelf cannot be used on the uncorrelatable portion of the schema within {path}"));
        }
        catch (CelException refused)
        {
            var inMessage = refused.Data.Contains("messageExpression");
            var text = inMessage ? rule.MessageExpression : rule.Rule;
            errors.Add(FieldErrors.Invalid(path.Child(inMessage ? "messageExpression" : "rule"), Literal(rule),
                refused.Position < 0 ? refused.Message : $"{(inMessage ? "messageExpression compilation failed" : "compilation failed")}: {refused.Describe(text)}"));
        }
    }

    private static CelRule Read(ValidationRule rule, JSONSchemaProps schema, bool isRoot)
    {
        var self = CelType.Of(schema, isRoot);
        var variables = new Dictionary<string, CelType>(StringComparer.Ordinal) { ["self"] = self, ["oldSelf"] = self };
        var node = CelParser.Parse(rule.Rule);
        if (new CelChecker(variables).Check(node).Shape is not (CelShape.Bool or CelShape.Dyn)) throw new CelException("must evaluate to a bool");
        var isTransition = Mentions(node, "oldSelf");
        CelNode? message = null;
        if (rule.MessageExpression.Length > 0)
        {
            try
            {
                if (!isTransition) variables.Remove("oldSelf");
                message = CelParser.Parse(rule.MessageExpression);
                if (new CelChecker(variables).Check(message).Shape is not (CelShape.String or CelShape.Dyn)) throw new CelException("messageExpression must evaluate to a string");
            }
            catch (CelException refused)
            {
                refused.Data["messageExpression"] = true;
                throw;
            }
        }
        return new CelRule(rule, node, message, isTransition);
    }

    private static bool Mentions(CelNode node, string variable) => node switch
    {
        CelNode.Name name => name.Text == variable,
        CelNode.Select select => Mentions(select.Target, variable),
        CelNode.Has has => Mentions(has.Target, variable),
        CelNode.Index index => Mentions(index.Target, variable) || Mentions(index.At, variable),
        CelNode.Call call => (call.Target is not null && Mentions(call.Target, variable)) || call.Arguments.Any(argument => Mentions(argument, variable)),
        CelNode.Macro macro => Mentions(macro.Target, variable) || (macro.Variable != variable && (Mentions(macro.Body, variable) || (macro.Filter is not null && Mentions(macro.Filter, variable)))),
        CelNode.Unary unary => Mentions(unary.Operand, variable),
        CelNode.Binary binary => Mentions(binary.Left, variable) || Mentions(binary.Right, variable),
        CelNode.Choice choice => Mentions(choice.Condition, variable) || Mentions(choice.Then, variable) || Mentions(choice.Else, variable),
        CelNode.List list => list.Items.Any(item => Mentions(item, variable)),
        CelNode.Map map => map.Entries.Any(entry => Mentions(entry.Key, variable) || Mentions(entry.Value, variable)),
        _ => false,
    };

    private static GoLiteral Literal(ValidationRule rule) => new(
        $"apiextensions.ValidationRule{{Rule:{GoSyntax.Quote(rule.Rule)}, Message:{GoSyntax.Quote(rule.Message)}, MessageExpression:{GoSyntax.Quote(rule.MessageExpression)}, " +
        $"Reason:(*apiextensions.FieldValueErrorReason)(nil), FieldPath:{GoSyntax.Quote(rule.FieldPath)}, OptionalOldSelf:(*bool)(nil)}}");
}
