using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>What every namespace has from its start. Pure. Source: pkg/controller/serviceaccount, pkg/controller/certificates/rootcacertpublisher.</summary>
public static class NamespaceDefaults
{
    public const string AccountName = "default";
    public const string RootCaName = "kube-root-ca.crt";

    private const string Description = "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints "
        + "such as the internal service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

    /// <param name="value">The namespace.</param>
    /// <param name="account">Its service account <c>default</c>, if it has one.</param>
    /// <param name="rootCa">Its ConfigMap <c>kube-root-ca.crt</c>, if it has one.</param>
    /// <param name="pem">The cluster's CA; empty to leave that ConfigMap alone.</param>
    public static ControllerPlan Plan(Namespace value, ServiceAccount? account, ConfigMap? rootCa, string pem)
    {
        if (value.Metadata.DeletionTimestamp is not null || value.Status.Phase == "Terminating") return ControllerPlan.Nothing;
        var calls = new List<ApiCall>();
        if (account is null)
            calls.Add(ApiCall.Create(new ServiceAccount { Metadata = new ObjectMeta { Namespace = value.Metadata.Name, Name = AccountName } }));
        if (pem.Length == 0) return ControllerPlan.Of([.. calls]);
        var data = EmptyMap.Strings.With("ca.crt", pem);
        var annotations = (rootCa?.Metadata.Annotations ?? EmptyMap.Strings).With("kubernetes.io/description", Description);
        if (rootCa is null)
        {
            var meta = new ObjectMeta { Namespace = value.Metadata.Name, Name = RootCaName, Annotations = annotations };
            calls.Add(ApiCall.Create(new ConfigMap { Metadata = meta, Data = data }));
        }
        else if (!rootCa.Data.SameAs(data))
        {
            calls.Add(ApiCall.Update(rootCa with { Metadata = rootCa.Metadata with { Annotations = annotations }, Data = data }));
        }
        return ControllerPlan.Of([.. calls]);
    }
}
