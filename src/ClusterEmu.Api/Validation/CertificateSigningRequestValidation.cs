using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace ClusterEmu.Api;

/// <summary>Everything that Kubernetes 1.32 refuses in a CertificateSigningRequest, in its words. Source: pkg/apis/certificates/validation.</summary>
public static class CertificateSigningRequestValidation
{
    private const string LegacySigner = "kubernetes.io/legacy-unknown";

    private static readonly string[] Usages =
    [
        "any", "cert sign", "client auth", "code signing", "content commitment", "crl sign", "data encipherment", "decipher only", "digital signature",
        "email protection", "encipher only", "ipsec end system", "ipsec tunnel", "ipsec user", "key agreement", "key encipherment", "microsoft sgc",
        "netscape sgc", "ocsp signing", "s/mime", "server auth", "signing", "timestamping",
    ];

    private static readonly FieldPath Conditions = FieldPath.Status.Child("conditions");

    public static IReadOnlyList<FieldError> Create(CertificateSigningRequest value)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckCreate(errors, value.Metadata, namespaced: false, ObjectNameRules.PathSegment);
        CheckSpec(errors, value.Spec);
        return FieldErrors.Distinct(errors);
    }

    /// <summary>Of the object and its status; <see cref="Approval"/> is for the subresource of that name.</summary>
    public static IReadOnlyList<FieldError> Update(CertificateSigningRequest value, CertificateSigningRequest old)
    {
        var errors = Changed(value, old);
        foreach (var type in (string[])["Approved", "Denied"])
        {
            var (before, now) = (Of(old, type), Of(value, type));
            if (now.Count > before.Count) errors.Add(FieldErrors.Forbidden(Conditions, $"updates may not add a condition of type \"{type}\""));
        }
        if (!Same(value.Status.Certificate, old.Status.Certificate))
        {
            var path = FieldPath.Status.Child("certificate");
            if (old.Status.Certificate is { Length: > 0 }) errors.Add(FieldErrors.Forbidden(path, "updates may not modify existing certificate content"));
            if (ProblemOfCertificate(value.Status.Certificate ?? []) is { } problem) errors.Add(FieldErrors.Invalid(path, "<certificate data>", problem));
        }
        return FieldErrors.Distinct(errors);
    }

    /// <summary>Of the subresource approval, which alone adds the conditions Approved and Denied.</summary>
    public static IReadOnlyList<FieldError> Approval(CertificateSigningRequest value, CertificateSigningRequest old) => FieldErrors.Distinct(Changed(value, old));

    private static List<FieldError> Changed(CertificateSigningRequest value, CertificateSigningRequest old)
    {
        var errors = new List<FieldError>();
        ObjectMetaValidation.CheckUpdate(errors, value.Metadata, old.Metadata);
        CheckConditions(errors, value.Status.Conditions);
        foreach (var type in (string[])["Approved", "Denied", "Failed"])
            if (Of(value, type).Count < Of(old, type).Count)
                errors.Add(FieldErrors.Forbidden(Conditions, $"updates may not remove a condition of type \"{type}\""));
        return errors;
    }

    private static void CheckSpec(List<FieldError> errors, CertificateSigningRequestSpec spec)
    {
        var (path, usages) = (FieldPath.Spec, FieldPath.Spec.Child("usages"));
        if (ProblemOfRequest(spec.Request ?? []) is { } problem)
            errors.Add(FieldErrors.Invalid(path.Child("request"), new GoLiteral($"[]byte{{{string.Join(", ", (spec.Request ?? []).Select(one => $"0x{one:x}"))}}}"), problem));
        if (spec.Usages.Count == 0) errors.Add(FieldErrors.Required(usages));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < spec.Usages.Count; i++)
        {
            if (!Usages.Contains(spec.Usages[i])) errors.Add(FieldErrors.NotSupported(usages.Index(i), spec.Usages[i], Usages));
            if (!seen.Add(spec.Usages[i])) errors.Add(FieldErrors.Duplicate(usages.Index(i), spec.Usages[i]));
        }
        if (spec.SignerName == LegacySigner)
            errors.Add(FieldErrors.Invalid(path.Child("signerName"), spec.SignerName, "the legacy signerName is not allowed via this API version"));
        else NameRules.CheckSignerName(errors, spec.SignerName, path.Child("signerName"));
        if (spec.ExpirationSeconds is < 600 and var seconds)
            errors.Add(FieldErrors.Invalid(path.Child("expirationSeconds"), seconds, "may not specify a duration less than 600 seconds (10 minutes)"));
    }

    private static void CheckConditions(List<FieldError> errors, IReadOnlyList<CertificateSigningRequestCondition> conditions)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < conditions.Count; i++)
        {
            var (condition, place) = (conditions[i], Conditions.Index(i));
            if (condition.Type.Length == 0) errors.Add(FieldErrors.Required(place.Child("type")));
            string[] allowed = condition.Type is "Approved" or "Denied" or "Failed" ? ["True"] : ["False", "True", "Unknown"];
            if (condition.Status.Length == 0) errors.Add(FieldErrors.Required(place.Child("status")));
            else if (!allowed.Contains(condition.Status)) errors.Add(FieldErrors.NotSupported(place.Child("status"), condition.Status, allowed));
            var opposite = condition.Type switch { "Approved" => "Denied", "Denied" => "Approved", _ => null };
            if (opposite is not null && seen.Contains(opposite))
                errors.Add(FieldErrors.Invalid(place.Child("type"), condition.Type, "Approved and Denied conditions are mutually exclusive"));
            if (!seen.Add(condition.Type)) errors.Add(FieldErrors.Duplicate(place.Child("type"), condition.Type));
        }
    }

    private static List<CertificateSigningRequestCondition> Of(CertificateSigningRequest value, string type) =>
        [.. value.Status.Conditions.Where(condition => condition.Type == type)];

    private static bool Same(byte[]? left, byte[]? right) => (left ?? []).AsSpan().SequenceEqual(right ?? []);

    private static string? ProblemOfRequest(byte[] pem)
    {
        const string wrongType = "PEM block type must be CERTIFICATE REQUEST";
        var text = Encoding.UTF8.GetString(pem);
        if (!PemEncoding.TryFind(text, out var fields) || text[fields.Label] != "CERTIFICATE REQUEST") return wrongType;
        try
        {
            CertificateRequest.LoadSigningRequestPem(text, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
            return null;
        }
        catch (Exception malformed) when (malformed is CryptographicException or NotSupportedException or ArgumentException)
        {
            return $"asn1: structure error: {malformed.Message}";
        }
    }

    private static string? ProblemOfCertificate(byte[] pem)
    {
        var text = Encoding.UTF8.GetString(pem).AsSpan();
        if (text.IsEmpty) return null;
        var blocks = 0;
        while (PemEncoding.TryFind(text, out var fields))
        {
            if (text[fields.Label] is not "CERTIFICATE") return $"only CERTIFICATE PEM blocks are allowed, found {GoSyntax.Quote(text[fields.Label].ToString())}";
            try
            {
                using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(text[fields.Base64Data].ToString()));
            }
            catch (Exception malformed) when (malformed is CryptographicException or FormatException)
            {
                return $"x509: malformed certificate: {malformed.Message}";
            }
            blocks++;
            text = text[fields.Location.End..];
        }
        return blocks == 0 ? "must contain at least one CERTIFICATE PEM block" : null;
    }
}
