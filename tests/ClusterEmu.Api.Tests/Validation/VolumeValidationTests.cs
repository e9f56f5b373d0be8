namespace ClusterEmu.Api.Tests;

/// <summary>PersistentVolumes and their claims.</summary>
public class VolumeValidationTests
{
    private const string Claim = "\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}";
    private const string Volume = "\"accessModes\":[\"ReadWriteOnce\"],\"capacity\":{\"storage\":\"1Gi\"}";

    [Theory]
    [InlineData(Volume + ",\"hostPath\":{\"path\":\"/data\"}", "")]
    [InlineData(Volume, "spec: Required value: must specify a volume type")]
    [InlineData(Volume + ",\"hostPath\":{\"path\":\"/data\"},\"nfs\":{\"server\":\"s\",\"path\":\"/\"}", "spec.nfs: Forbidden: may not specify more than 1 volume type")]
    [InlineData("\"hostPath\":{\"path\":\"/data\"}",
        "spec.accessModes: Required value | spec.capacity: Required value | spec.capacity: Unsupported value: core.ResourceList(nil): supported values: \"storage\"")]
    [InlineData("\"accessModes\":[\"RWX\"],\"capacity\":{\"storage\":\"0\"},\"hostPath\":{\"path\":\"/data\"}",
        "spec.accessModes: Unsupported value: \"RWX\": supported values: \"ReadOnlyMany\", \"ReadWriteMany\", \"ReadWriteOnce\", \"ReadWriteOncePod\" | "
        + "spec.capacity[storage]: Invalid value: \"0\": must be greater than zero")]
    [InlineData(Volume + ",\"persistentVolumeReclaimPolicy\":\"Recycle\",\"hostPath\":{\"path\":\"/\"}", "spec.persistentVolumeReclaimPolicy: Forbidden: may not be 'recycle' for a hostPath mount of '/'")]
    [InlineData(Volume + ",\"persistentVolumeReclaimPolicy\":\"Keep\",\"volumeMode\":\"Raw\",\"hostPath\":{\"path\":\"/a\"}",
        "spec.persistentVolumeReclaimPolicy: Unsupported value: \"Keep\": supported values: \"Delete\", \"Recycle\", \"Retain\" | spec.volumeMode: Unsupported value: \"Raw\": supported values: \"Block\", \"Filesystem\"")]
    [InlineData(Volume + ",\"local\":{\"path\":\"/a/../b\"}", "spec.local.path: Invalid value: \"/a/../b\": must not contain '..' | spec.nodeAffinity: Required value: Local volume requires node affinity")]
    [InlineData(Volume + ",\"csi\":{}", "spec.csi.driver: Required value | spec.csi.volumeHandle: Required value")]
    public void Volumes(string spec, string said) => Assert.Equal(said, Some.Said(PersistentVolumeValidation.Create(VolumeOf(spec))));

    [Theory]
    [InlineData(Claim, "")]
    [InlineData("", "spec.accessModes: Required value: at least 1 access mode is required | spec.resources[storage]: Required value")]
    [InlineData("\"accessModes\":[\"ReadWriteOncePod\",\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"-1\"}}",
        "spec.accessModes: Forbidden: may not use ReadWriteOncePod with other access modes | spec.resources[storage]: Invalid value: \"-1\": must be greater than zero")]
    [InlineData(Claim + ",\"storageClassName\":\"A B\"", "spec.storageClassName: Invalid value: \"A B\": a lowercase RFC 1123 subdomain must consist of")]
    [InlineData(Claim + ",\"dataSourceRef\":{\"kind\":\"Secret\",\"name\":\"s\"}",
        "spec.dataSource: Invalid value: \"Secret\": must be 'PersistentVolumeClaim' when referencing the default apiGroup | "
        + "spec.dataSourceRef: Invalid value: \"Secret\": must be 'PersistentVolumeClaim' when referencing the default apiGroup")]
    public void Claims(string spec, string said) => Assert.StartsWith(said, Some.Said(PersistentVolumeClaimValidation.Create(ClaimOf(spec))), StringComparison.Ordinal);

    [Fact]
    public void TheTwoSourceFieldsFollowEachOther()
    {
        var old = ClaimOf(Claim + ",\"dataSource\":{\"kind\":\"PersistentVolumeClaim\",\"name\":\"a\"}");
        Assert.Equal("a", old.Spec.DataSourceRef!.Name);
        var other = ClaimOf(Claim + ",\"dataSourceRef\":{\"apiGroup\":\"example.com\",\"kind\":\"Thing\",\"name\":\"b\"}");
        Assert.Equal("b", other.Spec.DataSource!.Name);
        Assert.Null(ClaimOf(Claim + ",\"dataSource\":{\"apiGroup\":\"example.com\",\"kind\":\"Thing\",\"name\":\"b\"}").Spec.DataSource);
    }

    [Theory] // what is wanted of a claim of 1Gi, its phase, what is said
    [InlineData("\"volumeName\":\"v\"," + Claim, "Pending", "")]
    [InlineData("\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"2Gi\"}}", "Bound", "")]
    [InlineData("\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"2Gi\"}}", "Pending",
        "spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n- spec.resources.requests.storage: \"1Gi\"\n+ spec.resources.requests.storage: \"2Gi\"\n")]
    [InlineData("\"accessModes\":[\"ReadWriteOnce\"],\"resources\":{\"requests\":{\"storage\":\"512Mi\"}}", "Bound", "spec.resources.requests.storage: Forbidden: field can not be less than status.capacity")]
    [InlineData("\"storageClassName\":\"fast\"," + Claim, "Pending", "")]
    [InlineData("\"accessModes\":[\"ReadWriteMany\"],\"resources\":{\"requests\":{\"storage\":\"1Gi\"}}", "Bound",
        "spec: Forbidden: spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims\n- spec.accessModes[0]: \"ReadWriteOnce\"\n+ spec.accessModes[0]: \"ReadWriteMany\"\n")]
    public void AClaim_KeepsWhatItAskedFor(string spec, string phase, string said)
    {
        var old = Some.Stored(ClaimOf(Claim) with { Status = new() { Phase = phase, Capacity = new Dictionary<string, Quantity> { ["storage"] = Quantity.Parse("1Gi") } } });
        var wanted = PersistentVolumeClaimStrategy.PrepareForUpdate(Some.Stored(ClaimOf(spec)), old, status: false);
        Assert.Equal(said, Some.Said(PersistentVolumeClaimValidation.Update(wanted, old)));
    }

    [Fact]
    public void AVolume_KeepsItsSource_AndNotesWhenItsPhaseChanged()
    {
        var old = Some.Stored(VolumeOf(Volume + ",\"hostPath\":{\"path\":\"/data\"}"));
        Assert.Equal("Pending", old.Status.Phase);
        Assert.Empty(PersistentVolumeValidation.Update(old with { Spec = old.Spec with { StorageClassName = "slow" } }, old));
        Assert.Equal(
            "spec.persistentvolumesource: Forbidden: spec.persistentvolumesource is immutable after creation\n- spec.hostPath.path: \"/data\"\n+ spec.hostPath.path: \"/other\"\n",
            Some.Said(PersistentVolumeValidation.Update(old with { Spec = old.Spec with { HostPath = new() { Path = "/other", Type = "" } } }, old)));
        var now = DateTimeOffset.UnixEpoch.AddHours(1);
        Assert.Equal(now, PersistentVolumeStrategy.Stamped(old with { Status = old.Status with { Phase = "Available" } }, old, now).Status.LastPhaseTransitionTime);
        Assert.Equal(old.Status.LastPhaseTransitionTime, PersistentVolumeStrategy.Stamped(old, old, now).Status.LastPhaseTransitionTime);
    }

    private static PersistentVolume VolumeOf(string spec) => (PersistentVolume)Kinds.PersistentVolume.PrepareForCreate(
        PersistentVolumeDefaults.Apply(Some.Of(Kinds.PersistentVolume, "{\"metadata\":{\"name\":\"v\"},\"spec\":{" + spec + "}}")));

    private static PersistentVolumeClaim ClaimOf(string spec) => PersistentVolumeClaimStrategy.PrepareForCreate(
        PersistentVolumeClaimDefaults.Apply(Some.Of(Kinds.PersistentVolumeClaim, "{\"metadata\":{\"name\":\"c\",\"namespace\":\"shop\"},\"spec\":{" + spec + "}}")));
}
