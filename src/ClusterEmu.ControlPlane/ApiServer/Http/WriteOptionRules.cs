using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The options that a changing request may have in its query. Source: k8s.io/apimachinery apis/meta/v1/validation.</summary>
internal static class WriteOptionRules
{
    private const string All = "All";

    /// <exception cref="ApiException">422: an option has a value that there is not; every such option is named.</exception>
    public static (bool DryRun, FieldValidation Validation) Read(ApiVerb verb, RequestQuery query)
    {
        var errors = new List<FieldError>();
        var dryRun = query.Raw("dryRun");
        if (dryRun is not null) errors.AddRange(DryRunProblems(FieldPath.Of("dryRun"), [dryRun]));
        var validation = FieldValidation.Warn;
        switch (query.Text("fieldValidation"))
        {
            case null or "Warn": break;
            case "Strict": validation = FieldValidation.Strict; break;
            case "Ignore": validation = FieldValidation.Ignore; break;
            case var other:
                errors.Add(FieldErrors.NotSupported(FieldPath.Of("fieldValidation"), other, "", "Ignore", "Strict", "Warn"));
                break;
        }
        if (errors.Count > 0) throw Refuse.Invalid("meta.k8s.io", KindOf(verb), "", errors);
        return (dryRun == All, validation);
    }

    /// <summary>What is wrong with the dryRun values of an option object, wherever it came from.</summary>
    public static IEnumerable<FieldError> DryRunProblems(FieldPath path, IReadOnlyList<string> values) =>
        values.All(value => value == All) ? [] : [FieldErrors.NotSupported(path, values, All)];

    private static string KindOf(ApiVerb verb) => verb switch
    {
        ApiVerb.Create => "CreateOptions",
        ApiVerb.Update => "UpdateOptions",
        ApiVerb.Patch => "PatchOptions",
        _ => "DeleteOptions",
    };
}
