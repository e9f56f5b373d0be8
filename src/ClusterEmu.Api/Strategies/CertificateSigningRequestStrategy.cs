namespace ClusterEmu.Api;

/// <summary>What happens to a CertificateSigningRequest before its validation. Source: pkg/registry/certificates/certificates/strategy.go.</summary>
public static class CertificateSigningRequestStrategy
{
    /// <summary>Who asks is filled in by admission, before this.</summary>
    public static CertificateSigningRequest PrepareForCreate(CertificateSigningRequest value) =>
        value with { Metadata = MetadataStrategy.ForCreate(value.Metadata, 0), Status = CertificateSigningRequestStatus.Empty };

    /// <summary>The request itself never changes. Its status is written by the subresource, which leaves approval and denial alone.</summary>
    public static CertificateSigningRequest PrepareForUpdate(CertificateSigningRequest value, CertificateSigningRequest old, bool status)
    {
        var meta = MetadataStrategy.ForUpdate(value.Metadata, old.Metadata);
        if (!status) return value with { Metadata = meta, Spec = old.Spec, Status = old.Status };
        var kept = old.Status.Conditions.Where(IsDecision);
        return value with
        {
            Metadata = meta,
            Spec = old.Spec,
            Status = value.Status with { Conditions = [.. kept, .. value.Status.Conditions.Where(condition => !IsDecision(condition))] },
        };
    }

    /// <summary>For the subresource approval: conditions alone are taken over, and no certificate.</summary>
    public static CertificateSigningRequest PrepareForApproval(CertificateSigningRequest value, CertificateSigningRequest old) => value with
    {
        Metadata = MetadataStrategy.ForUpdate(value.Metadata, old.Metadata),
        Spec = old.Spec,
        Status = old.Status with { Conditions = value.Status.Conditions },
    };

    /// <summary>Times that the client left out.</summary>
    public static CertificateSigningRequest Stamped(CertificateSigningRequest value, CertificateSigningRequest old, DateTimeOffset now) => value with
    {
        Status = value.Status with
        {
            Conditions = value.Status.Conditions.SelectChanged(condition => condition is { LastUpdateTime: not null, LastTransitionTime: not null } ? condition : condition with
            {
                LastUpdateTime = condition.LastUpdateTime ?? now,
                LastTransitionTime = condition.LastTransitionTime
                    ?? old.Status.Conditions.FirstOrDefault(known => known.Type == condition.Type && known.Status == condition.Status)?.LastTransitionTime ?? now,
            }),
        },
    };

    private static bool IsDecision(CertificateSigningRequestCondition condition) => condition.Type is "Approved" or "Denied";
}
