namespace ClusterEmu.Api;

/// <summary>Makes <see cref="FieldError"/>s with the reasons and texts of k8s.io/apimachinery util/validation/field.</summary>
/// <remarks>Values are written as Go writes them: see <see cref="GoSyntax"/>.</remarks>
public static class FieldErrors
{
    /// <summary><c>Invalid value: "x": DETAIL</c></summary>
    public static FieldError Invalid(FieldPath path, object? value, string detail) =>
        new("FieldValueInvalid", path.ToString(), Join($"Invalid value: {GoSyntax.Write(value)}", detail));

    /// <summary><c>Required value</c>, with a detail if there is one.</summary>
    public static FieldError Required(FieldPath path, string detail = "") =>
        new("FieldValueRequired", path.ToString(), Join("Required value", detail));

    /// <summary><c>Unsupported value: "x": supported values: "a", "b"</c>, the supported ones in the order given.</summary>
    public static FieldError NotSupported(FieldPath path, object? value, params ReadOnlySpan<string> supported)
    {
        var quoted = new string[supported.Length];
        for (var i = 0; i < supported.Length; i++) quoted[i] = GoSyntax.Quote(supported[i]);
        var detail = quoted.Length == 0 ? "" : "supported values: " + string.Join(", ", quoted);
        return new("FieldValueNotSupported", path.ToString(), Join($"Unsupported value: {GoSyntax.Write(value)}", detail));
    }

    /// <summary><c>Duplicate value: "x"</c></summary>
    public static FieldError Duplicate(FieldPath path, object? value, string detail = "") =>
        new("FieldValueDuplicate", path.ToString(), Join($"Duplicate value: {GoSyntax.Write(value)}", detail));

    /// <summary><c>Not found: "x"</c></summary>
    public static FieldError NotFound(FieldPath path, object? value, string detail = "") =>
        new("FieldValueNotFound", path.ToString(), Join($"Not found: {GoSyntax.Write(value)}", detail));

    /// <summary><c>Forbidden: DETAIL</c></summary>
    public static FieldError Forbidden(FieldPath path, string detail) =>
        new("FieldValueForbidden", path.ToString(), Join("Forbidden", detail));

    /// <summary><c>Too long: may not be more than N bytes</c></summary>
    public static FieldError TooLong(FieldPath path, int maxBytes) =>
        new("FieldValueTooLong", path.ToString(), $"Too long: may not be more than {GoSyntax.Write(maxBytes)} bytes");

    /// <summary><c>Too many: COUNT: must have at most N items</c></summary>
    public static FieldError TooMany(FieldPath path, int count, int max) =>
        new("FieldValueTooMany", path.ToString(), $"Too many: {GoSyntax.Write(count)}: must have at most {GoSyntax.Write(max)} items");

    /// <summary>Adds one <see cref="Invalid"/> for each message: most rules give a list of messages.</summary>
    internal static void AddInvalid(this List<FieldError> errors, FieldPath path, object? value, IReadOnlyList<string> messages)
    {
        foreach (var message in messages) errors.Add(Invalid(path, value, message));
    }

    /// <summary>Takes out errors that say the same of the same field; the first stays.</summary>
    internal static IReadOnlyList<FieldError> Distinct(List<FieldError> errors)
    {
        if (errors.Count < 2) return errors;
        var seen = new HashSet<FieldError>();
        return errors.FindAll(seen.Add);
    }

    private static string Join(string body, string detail) => detail.Length == 0 ? body : $"{body}: {detail}";
}
