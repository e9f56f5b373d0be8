using System.Text;

namespace ClusterEmu.Api;

/// <summary>The names of field managers: what is allowed, and which name a client has that gives none.</summary>
/// <remarks>Source: apimachinery meta/v1/validation (ValidateFieldManager), apiserver endpoints/handlers/create.go (managerOrUserAgent).</remarks>
public static class ManagerNames
{
    /// <summary>In bytes of UTF-8.</summary>
    public const int MaxLength = 128;

    /// <summary>What a client is called that says nothing of itself.</summary>
    public const string Unknown = "unknown";

    /// <summary>The name to be noted.</summary>
    /// <param name="given">The query parameter <c>fieldManager</c>; null or empty if it was left out.</param>
    /// <param name="userAgent">The header. What stands before its first slash counts.</param>
    public static string Of(string? given, string? userAgent)
    {
        if (!string.IsNullOrEmpty(given)) return given;
        var program = (userAgent ?? "").Split('/', 2)[0];
        var (name, length) = (new StringBuilder(), 0);
        foreach (var rune in program.EnumerateRunes())
        {
            if (!GoSyntax.IsPrintable(rune)) continue;
            length += rune.Utf8SequenceLength;
            if (length > MaxLength) break;
            name.Append(rune.ToString());
        }
        return name.Length == 0 ? Unknown : name.ToString();
    }

    /// <summary>Every problem of a name.</summary>
    public static IReadOnlyList<FieldError> Problems(string name, FieldPath path)
    {
        var errors = new List<FieldError>();
        if (Encoding.UTF8.GetByteCount(name) > MaxLength) errors.Add(FieldErrors.TooLong(path, MaxLength));
        var position = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            if (!GoSyntax.IsPrintable(rune))
                errors.Add(FieldErrors.Invalid(path, name, $"invalid character U+{rune.Value:X4} (at position {position})"));
            position += rune.Utf8SequenceLength;
        }
        return errors;
    }
}
