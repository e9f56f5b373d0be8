using System.Text;
using System.Text.RegularExpressions;

namespace ClusterEmu.Api;

/// <summary>What Kubernetes accepts as a name, label, key or port name, each as a list of complaints (empty: accepted).</summary>
/// <remarks>Patterns and texts are those of k8s.io/apimachinery util/validation, which clients and their tests compare with.</remarks>
public static partial class NameRules
{
    private const string LabelPattern = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private const string SubdomainPattern = LabelPattern + "(\\." + LabelPattern + ")*";
    private const string Label1035Pattern = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private const string QualifiedPattern = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private const string LabelValuePattern = "(" + QualifiedPattern + ")?";
    private const string ConfigMapKeyPattern = "[-._a-zA-Z0-9]+";
    private const string HeaderPattern = "[-A-Za-z0-9]+";
    private const string PercentPattern = "[0-9]+%";

    private static readonly string Dns1123LabelWording = Wording(
        "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character",
        LabelPattern, "my-name", "123-abc");

    private static readonly string SubdomainWording = Wording(
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character",
        SubdomainPattern, "example.com");

    private static readonly string Dns1035LabelWording = Wording(
        "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character",
        Label1035Pattern, "my-name", "abc-123");

    private static readonly string QualifiedWording = Wording(
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        QualifiedPattern, "MyName", "my.name", "123-abc");

    private static readonly string LabelValueWording = Wording(
        "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character",
        LabelValuePattern, "MyValue", "my_value", "12345");

    private static readonly string ConfigMapKeyWording = Wording(
        "a valid config key must consist of alphanumeric characters, '-', '_' or '.'", ConfigMapKeyPattern, "key.name", "KEY_NAME", "key-name");

    private static readonly string HeaderWording = Wording(
        "a valid HTTP header must consist of alphanumeric characters or '-'", HeaderPattern, "X-Header-Name");

    private static readonly string PercentWording = Wording(
        "a valid percent string must be a numeric string followed by an ending '%'", PercentPattern, "1%", "93%");

    [GeneratedRegex("^" + LabelPattern + "\\z")]
    private static partial Regex Label1123 { get; }

    [GeneratedRegex("^" + SubdomainPattern + "\\z")]
    private static partial Regex Subdomain1123 { get; }

    [GeneratedRegex("^" + Label1035Pattern + "\\z")]
    private static partial Regex Label1035 { get; }

    [GeneratedRegex("^" + QualifiedPattern + "\\z")]
    private static partial Regex Qualified { get; }

    [GeneratedRegex("^" + LabelValuePattern + "\\z")]
    private static partial Regex LabelValueText { get; }

    [GeneratedRegex("^" + ConfigMapKeyPattern + "\\z")]
    private static partial Regex ConfigMapKeyText { get; }

    [GeneratedRegex("^" + HeaderPattern + "\\z")]
    private static partial Regex Header { get; }

    [GeneratedRegex("^" + PercentPattern + "\\z")]
    private static partial Regex PercentText { get; }

    /// <summary>At most 63 of a-z, 0-9 and '-': names of namespaces, containers and ports.</summary>
    public static IReadOnlyList<string> Dns1123Label(string value)
    {
        var tooLong = value.Length > 63 ? MaxLength(63) : null;
        if (Label1123.IsMatch(value)) return All(tooLong);
        return All(tooLong, Subdomain1123.IsMatch(value) ? "must not contain dots" : Dns1123LabelWording);
    }

    /// <summary>Labels joined by dots, at most 253 characters: names of most kinds.</summary>
    public static IReadOnlyList<string> Dns1123Subdomain(string value) => Dns1123Subdomain(value.AsSpan());

    private static IReadOnlyList<string> Dns1123Subdomain(ReadOnlySpan<char> value) =>
        All(value.Length > 253 ? MaxLength(253) : null, Subdomain1123.IsMatch(value) ? null : SubdomainWording);

    /// <summary>Starts with a letter, at most 63 characters: names of Services.</summary>
    public static IReadOnlyList<string> Dns1035Label(string value) =>
        All(value.Length > 63 ? MaxLength(63) : null, Label1035.IsMatch(value) ? null : Dns1035LabelWording);

    /// <summary>An optional subdomain with '/', then at most 63 characters: keys of labels and annotations, finalizers.</summary>
    public static IReadOnlyList<string> QualifiedName(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0 && value.IndexOf('/', slash + 1) >= 0)
            return [$"a qualified name {QualifiedWording} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')"];
        IReadOnlyList<string> prefix = slash == 0 ? ["must be non-empty"] : slash > 0 ? Dns1123Subdomain(value.AsSpan(0, slash)) : [];
        var name = value.AsSpan(slash + 1);
        var length = name.Length == 0 ? "must be non-empty" : name.Length > 63 ? MaxLength(63) : null;
        var matches = Qualified.IsMatch(name);
        if (prefix.Count == 0 && length is null && matches) return []; // As nearly always, and asked for every label of every write.
        var errors = new List<string>();
        foreach (var message in prefix) errors.Add("prefix part " + message);
        if (length is not null) errors.Add("name part " + length);
        if (!matches) errors.Add("name part " + QualifiedWording);
        return errors;
    }

    /// <summary>Values of labels: empty, or at most 63 characters.</summary>
    public static IReadOnlyList<string> LabelValue(string value) =>
        All(value.Length > 63 ? MaxLength(63) : null, LabelValueText.IsMatch(value) ? null : LabelValueWording);

    /// <summary>Keys of ConfigMaps and Secrets: they become file names.</summary>
    public static IReadOnlyList<string> ConfigMapKey(string value)
    {
        var dots = value switch
        {
            "." => "must not be '.'",
            ".." => "must not be '..'",
            _ => value.StartsWith("..", StringComparison.Ordinal) ? "must not start with '..'" : null,
        };
        return All(value.Length > 253 ? MaxLength(253) : null, ConfigMapKeyText.IsMatch(value) ? null : ConfigMapKeyWording, dots);
    }

    /// <summary>Names of environment variables: any printable ASCII but '=' (relaxed in Kubernetes 1.32).</summary>
    public static IReadOnlyList<string> EnvVarName(string value)
    {
        if (value.Length == 0) return ["environment variable name must be non-empty"];
        foreach (var letter in value)
            if (letter is < ' ' or > '~' or '=')
                return ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
        return [];
    }

    /// <summary>Names that a targetPort or a probe may refer to: at most 15 characters with a letter (RFC 6335).</summary>
    public static IReadOnlyList<string> PortName(string value)
    {
        var errors = new List<string>();
        if (value.Length > 15) errors.Add(MaxLength(15));
        if (value.Length == 0 || value.AsSpan().ContainsAnyExcept(PortLetters))
            errors.Add("must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)");
        if (!value.AsSpan().ContainsAnyInRange('a', 'z')) errors.Add("must contain at least one letter (a-z)");
        if (value.Contains("--", StringComparison.Ordinal)) errors.Add("must not contain consecutive hyphens");
        if (value.StartsWith('-') || value.EndsWith('-')) errors.Add("must not begin or end with a hyphen");
        return errors;
    }

    /// <summary>Ports are 1 to 65535.</summary>
    public static IReadOnlyList<string> PortNumber(int value) => InRange(value, 1, 65535);

    /// <summary>Numbers from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public static IReadOnlyList<string> InRange(long value, long least, long most) =>
        value >= least && value <= most ? [] : [$"must be between {least} and {most}, inclusive"];

    /// <summary>Names of HTTP headers.</summary>
    public static IReadOnlyList<string> HttpHeaderName(string value) => Header.IsMatch(value) ? [] : [HeaderWording];

    /// <summary>Such as <c>25%</c>.</summary>
    public static IReadOnlyList<string> Percent(string value) => PercentText.IsMatch(value) ? [] : [PercentWording];

    /// <summary>What fits into one segment of a URL: checked for every kind.</summary>
    public static IReadOnlyList<string> PathSegment(string value, bool prefix)
    {
        if (!prefix && value is "." or "..") return [$"may not be '{value}'"];
        return All(
            value.Contains('/', StringComparison.Ordinal) ? "may not contain '/'" : null,
            value.Contains('%', StringComparison.Ordinal) ? "may not contain '%'" : null);
    }

    private static readonly System.Buffers.SearchValues<char> PortLetters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static string MaxLength(int length) => $"must be no more than {length} characters";

    private static string Wording(string rule, string pattern, params string[] examples)
    {
        var text = new StringBuilder(rule).Append(" (e.g. ");
        for (var i = 0; i < examples.Length; i++)
        {
            if (i > 0) text.Append(" or ");
            text.Append('\'').Append(examples[i]).Append("', ");
        }
        return text.Append("regex used for validation is '").Append(pattern).Append("')").ToString();
    }

    private static IReadOnlyList<string> All(params ReadOnlySpan<string?> messages)
    {
        List<string>? found = null;
        foreach (var message in messages)
            if (message is not null) (found ??= []).Add(message);
        return found is null ? [] : found;
    }
}
