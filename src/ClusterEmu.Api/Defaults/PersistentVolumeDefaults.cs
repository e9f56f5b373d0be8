namespace ClusterEmu.Api;

/// <summary>What the API server fills into a PersistentVolume. Source: SetDefaults_PersistentVolume and its neighbours in pkg/apis/core/v1/defaults.go.</summary>
public static class PersistentVolumeDefaults
{
    public static PersistentVolume Apply(PersistentVolume volume)
    {
        var spec = volume.Spec;
        return volume with
        {
            Spec = spec with
            {
                Capacity = ContainerDefaults.RoundedUp(spec.Capacity),
                PersistentVolumeReclaimPolicy = spec.PersistentVolumeReclaimPolicy.Length == 0 ? "Retain" : spec.PersistentVolumeReclaimPolicy,
                VolumeMode = spec.VolumeMode ?? "Filesystem",
                HostPath = spec.HostPath is { Type: null } path ? path with { Type = "" } : spec.HostPath,
                Iscsi = spec.Iscsi is { IscsiInterface.Length: 0 } iscsi ? iscsi with { IscsiInterface = "default" } : spec.Iscsi,
                Rbd = spec.Rbd is { } rbd ? Rbd(rbd) : null,
                AzureDisk = spec.AzureDisk is { } disk ? VolumeDefaults.AzureDisk(disk) : null,
                ScaleIO = spec.ScaleIO is { } scale ? ScaleIO(scale) : null,
            },
            Status = volume.Status.Phase.Length == 0 ? volume.Status with { Phase = "Pending" } : volume.Status,
        };
    }

    private static RBDPersistentVolumeSource Rbd(RBDPersistentVolumeSource rbd) => rbd with
    {
        Pool = rbd.Pool.Length == 0 ? "rbd" : rbd.Pool,
        User = rbd.User.Length == 0 ? "admin" : rbd.User,
        Keyring = rbd.Keyring.Length == 0 ? "/etc/ceph/keyring" : rbd.Keyring,
    };

    private static ScaleIOPersistentVolumeSource ScaleIO(ScaleIOPersistentVolumeSource scale) => scale with
    {
        StorageMode = scale.StorageMode.Length == 0 ? "ThinProvisioned" : scale.StorageMode,
        FsType = scale.FsType.Length == 0 ? "xfs" : scale.FsType,
    };
}
