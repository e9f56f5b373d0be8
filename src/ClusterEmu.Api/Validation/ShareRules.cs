namespace ClusterEmu.Api;

/// <summary>Numbers that may be percentages, such as <c>maxUnavailable</c>.</summary>
/// <remarks>Source: ValidatePositiveIntOrPercent, IsNotMoreThan100Percent and getIntOrPercentValue in pkg/apis/apps/validation/validation.go.</remarks>
internal static class ShareRules
{
    /// <summary>Not negative, or a percentage.</summary>
    internal static void Check(List<FieldError> errors, IntOrString share, FieldPath path)
    {
        if (share.IsString) errors.AddInvalid(path, share, NameRules.Percent(share.Text));
        else ObjectMetaValidation.CheckNonNegative(errors, share.Number, path);
    }

    internal static void CheckAtMostAll(List<FieldError> errors, IntOrString share, FieldPath path)
    {
        if (share.IsString && NameRules.Percent(share.Text).Count == 0 && Amount(share) > 100)
            errors.Add(FieldErrors.Invalid(path, share, "must not be greater than 100%"));
    }

    /// <summary>The number, or the percentage as a number.</summary>
    internal static int Amount(IntOrString share) => share.Scaled(100, roundUp: false) ?? 0;
}
