using System.Text.RegularExpressions;

namespace ClusterEmu.Api;

/// <content>Names with a form of their own: wildcard hosts, reasons of conditions, controllers and signers.</content>
public static partial class NameRules
{
    private const string WildcardPattern = "\\*\\." + SubdomainPattern;
    private const string ReasonPattern = "[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?";
    private const string HttpPathPattern = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";

    private static readonly string WildcardWording = Wording(
        "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character",
        WildcardPattern, "*.example.com");

    private static readonly string ReasonWording = Wording(
        "a condition reason must start with alphabetic character, optionally followed by a string of alphanumeric characters or '_,:', and must end with an alphanumeric character or '_'",
        ReasonPattern, "my_name", "MY_NAME", "MyName", "ReasonA,ReasonB", "ReasonA:ReasonB");

    [GeneratedRegex("^" + WildcardPattern + "\\z")]
    private static partial Regex Wildcard { get; }

    [GeneratedRegex("^" + ReasonPattern + "\\z")]
    private static partial Regex Reason { get; }

    [GeneratedRegex("^" + HttpPathPattern + "\\z")]
    private static partial Regex HttpPath { get; }

    /// <summary>Hosts of Ingresses such as <c>*.example.com</c>.</summary>
    public static IReadOnlyList<string> WildcardSubdomain(string value) =>
        All(value.Length > 253 ? MaxLength(253) : null, Wildcard.IsMatch(value) ? null : WildcardWording);

    /// <summary>The reason of a condition: one word.</summary>
    public static IReadOnlyList<string> ConditionReason(string value) => Reason.IsMatch(value) ? [] : [ReasonWording];

    /// <summary>A path with a domain before it, such as <c>example.com/ingress</c>: how IngressClasses name controllers.</summary>
    internal static void CheckDomainPrefixedPath(List<FieldError> errors, string value, FieldPath path)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == value.Length - 1)
        {
            errors.Add(FieldErrors.Invalid(path, value, "must be a domain-prefixed path (such as \"acme.io/foo\")"));
            return;
        }
        errors.AddInvalid(path, value[..slash], Dns1123Subdomain(value[..slash]));
        if (!HttpPath.IsMatch(value[(slash + 1)..]))
            errors.Add(FieldErrors.Invalid(path, value[(slash + 1)..], $"Invalid path (regex used for validation is '{HttpPathPattern}')"));
    }

    /// <summary>The name of a signer of certificates, such as <c>kubernetes.io/kube-apiserver-client</c>.</summary>
    internal static void CheckSignerName(List<FieldError> errors, string value, FieldPath path)
    {
        if (value.Length == 0)
        {
            errors.Add(FieldErrors.Required(path));
            return;
        }
        if (value.Split('/') is not [var domain, var name])
        {
            errors.Add(FieldErrors.Invalid(path, value, "must be a fully qualified domain and path of the form 'example.com/signer-name'"));
            return;
        }
        if (domain.Length > 253) errors.Add(FieldErrors.TooLong(path, 253));
        CheckParts(errors, domain, Dns1123Label, path);
        if (!domain.Contains('.', StringComparison.Ordinal))
            errors.Add(FieldErrors.Invalid(path, domain, "should be a domain with at least two segments separated by dots"));
        CheckParts(errors, name, Dns1123Subdomain, path);
        if (value.Length > 571) errors.Add(FieldErrors.TooLong(path, 571));
    }

    /// <summary>Checks what dots separate; the first part that is wrong is named, and no other.</summary>
    private static void CheckParts(List<FieldError> errors, string value, Func<string, IReadOnlyList<string>> rule, FieldPath path)
    {
        foreach (var part in value.Split('.'))
        {
            var problems = rule(part);
            if (problems.Count == 0) continue;
            foreach (var problem in problems) errors.Add(FieldErrors.Invalid(path, value, $"validating label {GoSyntax.Quote(part)}: {problem}"));
            return;
        }
    }
}
