using System.Text;

namespace ClusterEmu.Api;

/// <summary>The rules for the versions of a CustomResourceDefinition: names, flags, columns, subresources, selectable fields.</summary>
internal static class DefinitionVersionRules
{
    private const int MaxSelectableFields = 8;
    private static readonly string[] ColumnTypes = ["boolean", "date", "integer", "number", "string"];
    private static readonly string[] ColumnFormats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];

    internal static void Check(List<FieldError> errors, CustomResourceDefinitionSpec spec, FieldPath path)
    {
        var versions = spec.Versions;
        for (var i = 0; i < versions.Count; i++) CheckOne(errors, versions[i], path.Index(i));
        var shown = new GoLiteral($"[]apiextensions.CustomResourceDefinitionVersion{{{string.Join(", ", versions.Select(version => $"{{Name:{GoSyntax.Quote(version.Name)}, Served:{Flag(version.Served)}, Storage:{Flag(version.Storage)}}}"))}}}");
        if (versions.DistinctBy(version => version.Name, StringComparer.Ordinal).Count() != versions.Count) errors.Add(FieldErrors.Invalid(path, shown, "must contain unique version names"));
        if (versions.Count(version => version.Storage) != 1) errors.Add(FieldErrors.Invalid(path, shown, "must have exactly one version marked as storage version"));
    }

    private static void CheckOne(List<FieldError> errors, CustomResourceDefinitionVersion version, FieldPath path)
    {
        if (NameRules.Dns1035Label(version.Name) is { Count: > 0 } complaints) errors.Add(FieldErrors.Invalid(path.Child("name"), version.Name, string.Join(',', complaints)));
        if (version.DeprecationWarning is { } warning) CheckWarning(errors, version, warning, path.Child("deprecationWarning"));
        if (version.Schema?.OpenAPIV3Schema is { } schema)
            StructuralRules.Check(errors, schema, version.Subresources?.Status is not null, path.Child("schema").Child("openAPIV3Schema"));
        else errors.Add(FieldErrors.Required(path.Child("schema").Child("openAPIV3Schema"), "schemas are required"));
        for (var i = 0; i < version.AdditionalPrinterColumns.Count; i++) CheckColumn(errors, version.AdditionalPrinterColumns[i], path.Child("additionalPrinterColumns").Index(i));
        if (version.Subresources?.Scale is { } scale) CheckScale(errors, scale, path.Child("subresources"));
        CheckSelectable(errors, version, path.Child("selectableFields"));
    }

    private static void CheckWarning(List<FieldError> errors, CustomResourceDefinitionVersion version, string warning, FieldPath path)
    {
        if (!version.Deprecated) errors.Add(FieldErrors.Invalid(path, warning, "can only be set for deprecated versions"));
        if (warning.Length == 0) errors.Add(FieldErrors.Invalid(path, warning, "must not be an empty string"));
        if (Encoding.UTF8.GetByteCount(warning) > 256) errors.Add(FieldErrors.Invalid(path, warning, "must be <= 256 characters in length"));
        if (warning.Any(char.IsControl)) errors.Add(FieldErrors.Invalid(path, warning, "must only contain printable UTF-8 characters; non-printable character found"));
    }

    private static void CheckColumn(List<FieldError> errors, CustomResourceColumnDefinition column, FieldPath path)
    {
        if (column.Name.Length == 0) errors.Add(FieldErrors.Required(path.Child("name")));
        if (column.Type.Length == 0) errors.Add(FieldErrors.Required(path.Child("type"), $"must be one of {string.Join(',', ColumnTypes)}"));
        else if (!ColumnTypes.Contains(column.Type, StringComparer.Ordinal)) errors.Add(FieldErrors.Invalid(path.Child("type"), column.Type, $"must be one of {string.Join(',', ColumnTypes)}"));
        if (column.Format.Length > 0 && !ColumnFormats.Contains(column.Format, StringComparer.Ordinal))
            errors.Add(FieldErrors.Invalid(path.Child("format"), column.Format, $"must be one of {string.Join(',', ColumnFormats)}"));
        if (column.JsonPath.Length == 0) errors.Add(FieldErrors.Required(path.Child("jsonPath")));
        else CheckPath(errors, column.JsonPath, path.Child("jsonPath"));
    }

    private static void CheckScale(List<FieldError> errors, CustomResourceSubresourceScale scale, FieldPath path)
    {
        CheckUnder(scale.SpecReplicasPath, "specReplicasPath", ".spec.", required: true);
        CheckUnder(scale.StatusReplicasPath, "statusReplicasPath", ".status.", required: true);
        if (scale.LabelSelectorPath is { Length: > 0 } selector) CheckUnder(selector, "labelSelectorPath", selector.StartsWith(".spec.", StringComparison.Ordinal) ? ".spec." : ".status.", required: false);

        void CheckUnder(string value, string field, string root, bool required)
        {
            var at = path.Child("scale." + field);
            if (value.Length == 0)
            {
                if (required) errors.Add(FieldErrors.Required(at));
                return;
            }
            var before = errors.Count;
            CheckPath(errors, value, at, simple: true);
            if (errors.Count > before || value.StartsWith(root, StringComparison.Ordinal)) return;
            errors.Add(FieldErrors.Invalid(at, value, field == "labelSelectorPath" ? "should be a json path under either .spec or .status" : $"should be a json path under {root.TrimEnd('.')}"));
        }
    }

    private static void CheckSelectable(List<FieldError> errors, CustomResourceDefinitionVersion version, FieldPath path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < version.SelectableFields.Count; i++)
        {
            var (field, at) = (version.SelectableFields[i], path.Index(i).Child("jsonPath"));
            if (field.JsonPath.Length == 0)
            {
                errors.Add(FieldErrors.Required(at));
                continue;
            }
            if (field.JsonPath.StartsWith(".metadata", StringComparison.Ordinal)) errors.Add(FieldErrors.Invalid(at, field.JsonPath, "must not point to fields in metadata"));
            else if (!PointsToScalar(version.Schema?.OpenAPIV3Schema, field.JsonPath)) errors.Add(FieldErrors.Invalid(at, field.JsonPath, "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed."));
            if (!seen.Add(field.JsonPath)) errors.Add(FieldErrors.Duplicate(at, field.JsonPath));
        }
        if (version.SelectableFields.Count > MaxSelectableFields) errors.Add(FieldErrors.TooMany(path, version.SelectableFields.Count, MaxSelectableFields));
    }

    private static bool PointsToScalar(JSONSchemaProps? schema, string path)
    {
        foreach (var step in path.TrimStart('.').Split('.')) schema = schema?.Properties.GetValueOrDefault(step);
        return schema is { Type: "string" or "boolean" or "integer" };
    }

    private static void CheckPath(List<FieldError> errors, string value, FieldPath path, bool simple = false)
    {
        if (!value.StartsWith('.')) errors.Add(FieldErrors.Invalid(path, value, "must be a simple json path starting with ."));
        else if (simple && (value.Contains('[', StringComparison.Ordinal) || value.EndsWith('.') || value.Contains("..", StringComparison.Ordinal)))
            errors.Add(FieldErrors.Invalid(path, value, "must be a json path in the dot notation"));
        else if (!JsonPath.TryParse(value, out _, out var problem)) errors.Add(FieldErrors.Invalid(path, value, $"is not a valid json path: {problem}"));
    }

    private static string Flag(bool value) => value ? "true" : "false";
}
