using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The options in a request's query string, read as k8s.io/apimachinery (runtime/conversion.go) does.</summary>
public sealed class RequestQuery
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <param name="pairs">Decoded; the first of several values of a key counts.</param>
    public RequestQuery(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        foreach (var (key, value) in pairs) _values.TryAdd(key, value);
    }

    public string? Text(string key) => _values.GetValueOrDefault(key) is { Length: > 0 } value ? value : null;

    /// <summary>The value as it stands, also an empty one; null if the key is absent.</summary>
    public string? Raw(string key) => _values.GetValueOrDefault(key);

    public bool Has(string key) => _values.ContainsKey(key);

    /// <summary>False if it is absent, <c>false</c> or <c>0</c>; true for all else, also without a value: so Kubernetes reads it.</summary>
    public bool Flag(string key) => _values.TryGetValue(key, out var value) && value is not "0" && !value.Equals("false", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null if it is absent.</summary>
    public bool? OptionalFlag(string key) => Has(key) ? Flag(key) : null;

    /// <exception cref="ApiException">400: no whole number.</exception>
    public long? Number(string key)
    {
        if (Text(key) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        var digits = text.AsSpan(text[0] is '-' or '+' ? 1 : 0);
        var why = !digits.IsEmpty && !digits.ContainsAnyExceptInRange('0', '9') ? "value out of range" : "invalid syntax";
        throw Refuse.BadRequest($"strconv.ParseInt: parsing {GoSyntax.Quote(text)}: {why}");
    }
}
