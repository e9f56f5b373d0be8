namespace ClusterEmu.Api;

/// <summary>What the API server fills into a volume. Source: pkg/apis/core/v1/defaults.go and zz_generated.defaults.go.</summary>
internal static class VolumeDefaults
{
    /// <summary>0644.</summary>
    private const int FileMode = 420;
    private static readonly EmptyDirVolumeSource EmptyDir = new();

    internal static Volume Apply(Volume volume)
    {
        if (volume == new Volume { Name = volume.Name }) return volume with { EmptyDir = EmptyDir };
        return volume with
        {
            Secret = volume.Secret is { DefaultMode: null } secret ? secret with { DefaultMode = FileMode } : volume.Secret,
            ConfigMap = volume.ConfigMap is { DefaultMode: null } map ? map with { DefaultMode = FileMode } : volume.ConfigMap,
            HostPath = volume.HostPath is { Type: null } path ? path with { Type = "" } : volume.HostPath,
            DownwardAPI = volume.DownwardAPI is { } downward
                ? downward with { DefaultMode = downward.DefaultMode ?? FileMode, Items = downward.Items.SelectChanged(DownwardFile) }
                : null,
            Projected = volume.Projected is { } projected
                ? projected with { DefaultMode = projected.DefaultMode ?? FileMode, Sources = projected.Sources.SelectChanged(Projection) }
                : null,
            Ephemeral = volume.Ephemeral?.VolumeClaimTemplate is { Spec.VolumeMode: null } claim
                ? volume.Ephemeral with { VolumeClaimTemplate = claim with { Spec = claim.Spec with { VolumeMode = "Filesystem" } } }
                : volume.Ephemeral,
            Iscsi = volume.Iscsi is { IscsiInterface.Length: 0 } iscsi ? iscsi with { IscsiInterface = "default" } : volume.Iscsi,
            Rbd = volume.Rbd is { } rbd ? Rbd(rbd) : null,
            AzureDisk = volume.AzureDisk is { } disk ? AzureDisk(disk) : null,
            ScaleIO = volume.ScaleIO is { } scale ? ScaleIO(scale) : null,
            Image = volume.Image is { PullPolicy.Length: 0 } image
                ? image with { PullPolicy = ContainerDefaults.PullPolicy(image.Reference) }
                : volume.Image,
        };
    }

    private static DownwardAPIVolumeFile DownwardFile(DownwardAPIVolumeFile file) =>
        file.FieldRef is { ApiVersion.Length: 0 } ? file with { FieldRef = ContainerDefaults.FieldRef(file.FieldRef) } : file;

    private static VolumeProjection Projection(VolumeProjection projection)
    {
        if (projection.ServiceAccountToken is { ExpirationSeconds: null } token)
            return projection with { ServiceAccountToken = token with { ExpirationSeconds = 3600 } };
        if (projection.DownwardAPI is { } downward)
            return projection with { DownwardAPI = downward with { Items = downward.Items.SelectChanged(DownwardFile) } };
        return projection;
    }

    private static RBDVolumeSource Rbd(RBDVolumeSource rbd) => rbd with
    {
        Pool = rbd.Pool.Length == 0 ? "rbd" : rbd.Pool,
        User = rbd.User.Length == 0 ? "admin" : rbd.User,
        Keyring = rbd.Keyring.Length == 0 ? "/etc/ceph/keyring" : rbd.Keyring,
    };

    internal static AzureDiskVolumeSource AzureDisk(AzureDiskVolumeSource disk) => disk with
    {
        CachingMode = disk.CachingMode ?? "ReadWrite",
        Kind = disk.Kind ?? "Shared",
        FsType = disk.FsType ?? "ext4",
        ReadOnly = disk.ReadOnly ?? false,
    };

    private static ScaleIOVolumeSource ScaleIO(ScaleIOVolumeSource scale) => scale with
    {
        StorageMode = scale.StorageMode.Length == 0 ? "ThinProvisioned" : scale.StorageMode,
        FsType = scale.FsType.Length == 0 ? "xfs" : scale.FsType,
    };
}
