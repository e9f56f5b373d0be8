namespace ClusterEmu.Api;

/// <summary>Source: pkg/apis/authentication/validation.</summary>
internal static class TokenRequestValidation
{
    private const long LeastSeconds = 600;
    private const long MostSeconds = 1L << 32;

    internal static IReadOnlyList<FieldError> Create(TokenRequest request)
    {
        var path = FieldPath.Spec.Child("expirationSeconds");
        var seconds = request.Spec.ExpirationSeconds ?? 0;
        if (seconds < LeastSeconds) return [FieldErrors.Invalid(path, seconds, "may not specify a duration less than 10 minutes")];
        return seconds > MostSeconds ? [FieldErrors.Invalid(path, seconds, "may not specify a duration larger than 2^32 seconds")] : [];
    }
}
