namespace ClusterEmu.Api;

/// <summary>Amounts that are a number or a percentage. Source: ValidatePositiveIntOrPercent and IsNotMoreThan100Percent in pkg/apis/apps/validation.</summary>
internal static class ShareRules
{
    internal static void Check(List<FieldError> errors, IntOrString share, FieldPath path)
    {
        if (share.IsString) errors.AddInvalid(path, share, NameRules.Percent(share.Text));
        else ObjectMetaValidation.CheckNonNegative(errors, share.Number, path);
    }

    internal static void CheckAtMostAll(List<FieldError> errors, IntOrString share, FieldPath path)
    {
        if (share.IsString && NameRules.Percent(share.Text).Count == 0 && Percent(share) > 100)
            errors.Add(FieldErrors.Invalid(path, share, "must not be greater than 100%"));
    }

    /// <summary>The number, or the percentage as a number.</summary>
    internal static int Percent(IntOrString share) => share.Scaled(100, roundUp: false) ?? 0;
}
