namespace ClusterEmu.Api;

/// <summary>How fields were set.</summary>
public enum FieldOperation
{
    /// <summary>By server-side apply.</summary>
    Apply,

    /// <summary>By anything else.</summary>
    Update,
}

/// <summary>Who sets fields: what tells the entries of managedFields apart.</summary>
/// <param name="Name">Of the manager, such as <c>kubectl-client-side-apply</c>.</param>
/// <param name="Operation">How.</param>
/// <param name="ApiVersion">The version in which the fields are named. It tells updates apart, not applies.</param>
/// <param name="Subresource">Through which subresource; empty for the object itself.</param>
public sealed record FieldManager(string Name, FieldOperation Operation, string ApiVersion, string Subresource = "")
{
    /// <summary>Whether both name one entry.</summary>
    public bool IsSameAs(FieldManager other) =>
        Name == other.Name && Operation == other.Operation && Subresource == other.Subresource
        && (Operation == FieldOperation.Apply || ApiVersion == other.ApiVersion);

    /// <summary>As conflicts name it: <c>"kubectl-client-side-apply" using apps/v1</c>. Source: apimachinery managedfields/internal/conflict.go.</summary>
    public override string ToString()
    {
        var text = GoSyntax.Quote(Name);
        if (Subresource.Length > 0) text += $" with subresource {GoSyntax.Quote(Subresource)}";
        return Operation == FieldOperation.Update ? $"{text} using {ApiVersion}" : text;
    }
}
