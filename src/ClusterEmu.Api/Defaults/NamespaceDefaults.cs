namespace ClusterEmu.Api;

/// <summary>What the API server fills into a Namespace. Source: SetDefaults_Namespace and SetDefaults_NamespaceStatus.</summary>
public static class NamespaceDefaults
{
    /// <summary>The label by which policies select a namespace by name.</summary>
    public const string NameLabel = "kubernetes.io/metadata.name";

    public static Namespace Apply(Namespace value)
    {
        var status = value.Status.Phase.Length == 0 ? value.Status with { Phase = "Active" } : value.Status;
        return value with { Metadata = Labelled(value.Metadata), Status = status };
    }

    internal static ObjectMeta Labelled(ObjectMeta meta)
    {
        if (meta.Name.Length == 0 || (meta.Labels.TryGetValue(NameLabel, out var name) && name == meta.Name)) return meta;
        return meta with { Labels = new Dictionary<string, string>(meta.Labels, StringComparer.Ordinal) { [NameLabel] = meta.Name } };
    }
}
