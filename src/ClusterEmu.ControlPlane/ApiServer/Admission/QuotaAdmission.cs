using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Refuses what a namespace's quotas have no room for. <see cref="QuotaRules"/> decides, <see cref="QuotaAccounts"/> counts.</summary>
/// <remarks>Both work within the store's writer, so that no two writes take the same last bit of a quota.</remarks>
internal static class QuotaAdmission
{
    /// <param name="kind">The object's kind.</param>
    /// <param name="value">As it is to be stored.</param>
    /// <param name="old">As it is stored; null for a new one.</param>
    /// <param name="objects">What there is.</param>
    /// <exception cref="ApiException">403: a quota would be exceeded.</exception>
    public static void Check(KindInfo kind, IKubeObject value, IKubeObject? old, StoreSnapshot objects)
    {
        if (!QuotaRules.Concerns(kind, value, old)) return;
        var quotas = objects.List(Kinds.ResourceQuota, value.Metadata.Namespace).Select(stored => (ResourceQuota)stored.Decode());
        if (QuotaRules.Refusal(quotas, kind, value, old) is { } refusal) throw Refuse.Forbidden(kind, value.Metadata.Name, refusal);
    }
}
