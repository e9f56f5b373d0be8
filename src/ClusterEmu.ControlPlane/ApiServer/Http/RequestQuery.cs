using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The options in a request's query string. What cannot be read is refused, not guessed.</summary>
public sealed class RequestQuery
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <param name="pairs">Decoded; the first of several values of a key counts.</param>
    public RequestQuery(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        foreach (var (key, value) in pairs) _values.TryAdd(key, value);
    }

    public string? Text(string key) => _values.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;

    public bool Has(string key) => _values.ContainsKey(key);

    /// <exception cref="ApiException">400: neither true nor false.</exception>
    public bool Flag(string key) => Text(key) switch
    {
        null or "false" or "0" or "False" or "f" or "F" or "FALSE" => false,
        "true" or "1" or "True" or "t" or "T" or "TRUE" => true,
        var other => throw Refuse.BadRequest($"{key}: Invalid value: \"{other}\": must be true or false"),
    };

    /// <exception cref="ApiException">400: no whole number.</exception>
    public long? Number(string key)
    {
        if (Text(key) is not { } text) return null;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refuse.BadRequest($"{key}: Invalid value: \"{text}\": must be a whole number");
    }

    /// <exception cref="ApiException">400: a value other than All.</exception>
    public bool DryRun => Text("dryRun") switch
    {
        null => false,
        "All" => true,
        var other => throw Refuse.Invalid("meta.k8s.io", "DryRun", "",
            [new FieldError("FieldValueNotSupported", "dryRun", $"Unsupported value: \"{other}\": supported values: \"All\"")]),
    };

    /// <exception cref="ApiException">422: none of the three.</exception>
    public FieldValidation FieldValidation => Text("fieldValidation") switch
    {
        null or "Warn" => FieldValidation.Warn,
        "Strict" => FieldValidation.Strict,
        "Ignore" => FieldValidation.Ignore,
        var other => throw Refuse.Invalid("meta.k8s.io", "CreateOptions", "",
            [new FieldError("FieldValueNotSupported", "fieldValidation", $"Unsupported value: \"{other}\": supported values: \"Ignore\", \"Strict\", \"Warn\"")]),
    };
}
