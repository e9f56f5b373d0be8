using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Rows of disruption budgets, roles, classes and requests for certificates. Source: pkg/printers/internalversion/printers.go.</summary>
internal static class PolicyTables
{
    private const string None = "<none>";

    public static readonly IReadOnlyDictionary<KindInfo, TableColumns> ByKind = new Dictionary<KindInfo, TableColumns>
    {
        [Kinds.PodDisruptionBudget] = TableColumns.Of<PodDisruptionBudget>(
            "Name:name Min_Available Max_Unavailable Allowed_Disruptions:integer Age",
            (budget, now) =>
            [
                budget.Metadata.Name,
                budget.Spec.MinAvailable?.ToString() ?? "N/A",
                budget.Spec.MaxUnavailable?.ToString() ?? "N/A",
                budget.Status.DisruptionsAllowed,
                TableCatalog.Age(budget, now),
            ]),
        [Kinds.HorizontalPodAutoscaler] = AutoscalerColumns.Columns,
        [Kinds.Ingress] = NetworkingColumns.Ingresses,
        [Kinds.IngressClass] = NetworkingColumns.Classes,
        [Kinds.NetworkPolicy] = NetworkingColumns.Policies,
        [Kinds.StorageClass] = StorageColumns.Classes,
        [Kinds.CSIDriver] = StorageColumns.Drivers,
        [Kinds.CSINode] = StorageColumns.Nodes,
        [Kinds.VolumeAttachment] = StorageColumns.Attachments,
        [Kinds.CSIStorageCapacity] = StorageColumns.Capacities,
        [Kinds.RoleBinding] = TableColumns.Of<RoleBinding>(
            "Name:name Role Age Users+ Groups+ ServiceAccounts+",
            (binding, now) => [binding.Metadata.Name, Role(binding.RoleRef), TableCatalog.Age(binding, now), .. Subjects(binding.Subjects)]),
        [Kinds.ClusterRoleBinding] = TableColumns.Of<ClusterRoleBinding>(
            "Name:name Role Age Users+ Groups+ ServiceAccounts+",
            (binding, now) => [binding.Metadata.Name, Role(binding.RoleRef), TableCatalog.Age(binding, now), .. Subjects(binding.Subjects)]),
        [Kinds.PriorityClass] = TableColumns.Of<PriorityClass>(
            "Name:name Value:integer Global-Default:boolean Age PreemptionPolicy",
            (value, now) => [value.Metadata.Name, value.Value, value.GlobalDefault, TableCatalog.Age(value, now), value.PreemptionPolicy ?? ""]),
        [Kinds.RuntimeClass] = TableColumns.Of<RuntimeClass>(
            "Name:name Handler Age", (value, now) => [value.Metadata.Name, value.Handler, TableCatalog.Age(value, now)]),
        [Kinds.CertificateSigningRequest] = TableColumns.Of<CertificateSigningRequest>(
            "Name:name Age SignerName Requestor RequestedDuration Condition",
            (request, now) =>
            [
                request.Metadata.Name,
                TableCatalog.Age(request, now),
                request.Spec.SignerName.Length > 0 ? request.Spec.SignerName : None,
                request.Spec.Username,
                request.Spec.ExpirationSeconds is { } seconds ? HumanDuration.Of(TimeSpan.FromSeconds(seconds)) : None,
                Condition(request),
            ]),
    };

    private static string Role(RoleRef role) => $"{role.Kind}/{role.Name}";

    private static TableCell[] Subjects(IReadOnlyList<Subject> subjects)
    {
        string Named(string kind) => string.Join(", ", subjects.Where(subject => subject.Kind == kind)
            .Select(subject => kind == "ServiceAccount" ? $"{subject.Namespace}/{subject.Name}" : subject.Name));
        return [Named("User"), Named("Group"), Named("ServiceAccount")];
    }

    private static string Condition(CertificateSigningRequest request)
    {
        bool Has(string type) => request.Status.Conditions.Any(condition => condition.Type == type);
        var text = Has("Denied") ? "Denied" : Has("Approved") ? "Approved" : "Pending";
        if (Has("Failed")) text += ",Failed";
        return request.Status.Certificate is { Length: > 0 } ? text + ",Issued" : text;
    }
}
