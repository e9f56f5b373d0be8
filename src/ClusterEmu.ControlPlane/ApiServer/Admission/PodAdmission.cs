using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;
using ClusterEmu.Hosting;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What admission adds to a new Pod: service account, tolerations, priority. Source: plugin/pkg/admission.</summary>
internal static class PodAdmission
{
    private const string Default = "default";
    private const string TokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private const int ReadableByAll = 420;

    /// <exception cref="ApiException">The service account or the priority class does not exist.</exception>
    public static Pod Admit(Pod pod, StoreSnapshot objects, RandomStream random)
    {
        if (pod.Metadata.Annotations.ContainsKey("kubernetes.io/config.mirror")) return pod;
        return pod with { Spec = PriorityAdmission.Resolve(pod, WithTolerations(WithServiceAccount(pod, objects, random)), objects) };
    }

    private static PodSpec WithServiceAccount(Pod pod, StoreSnapshot objects, RandomStream random)
    {
        var spec = pod.Spec;
        var name = spec.ServiceAccountName.Length > 0 ? spec.ServiceAccountName : spec.ServiceAccount.Length > 0 ? spec.ServiceAccount : Default;
        var ns = pod.Metadata.Namespace;
        if (objects.Find(Kinds.ServiceAccount, ns, name)?.Decode() is not ServiceAccount account)
        {
            var refusal = Refuse.Forbidden(
                Kinds.Pod, pod.Metadata.Name, $"error looking up service account {ns}/{name}: serviceaccount \"{name}\" not found");
            // The controller that makes it may be a moment behind the namespace.
            throw name == Default ? new ComingSoonException(refusal.Status) : refusal;
        }
        spec = spec with { ServiceAccountName = name, ServiceAccount = name };
        if (spec.ImagePullSecrets.Count == 0 && account.ImagePullSecrets.Count > 0) spec = spec with { ImagePullSecrets = account.ImagePullSecrets };
        var mounts = spec.AutomountServiceAccountToken ?? account.AutomountServiceAccountToken ?? true;
        return mounts ? WithToken(spec, random) : spec;
    }

    private static PodSpec WithToken(PodSpec spec, RandomStream random)
    {
        static bool Lacks(Container container) => !container.VolumeMounts.Any(mount => mount.MountPath == TokenPath);
        if (!spec.Containers.Concat(spec.InitContainers).Any(Lacks)) return spec;
        string volume;
        do volume = "kube-api-access-" + random.NameSuffix();
        while (spec.Volumes.Any(other => other.Name == volume));
        var mount = new VolumeMount { Name = volume, ReadOnly = true, MountPath = TokenPath };
        Container WithMount(Container container) =>
            Lacks(container) ? container with { VolumeMounts = [.. container.VolumeMounts, mount] } : container;
        return spec with
        {
            Volumes = [.. spec.Volumes, TokenVolume(volume)],
            Containers = [.. spec.Containers.Select(WithMount)],
            InitContainers = [.. spec.InitContainers.Select(WithMount)],
        };
    }

    private static Volume TokenVolume(string name) => new()
    {
        Name = name,
        Projected = new ProjectedVolumeSource
        {
            DefaultMode = ReadableByAll,
            Sources =
            [
                new VolumeProjection { ServiceAccountToken = new ServiceAccountTokenProjection { ExpirationSeconds = 3607, Path = "token" } },
                new VolumeProjection
                {
                    ConfigMap = new ConfigMapProjection { Name = "kube-root-ca.crt", Items = [new KeyToPath { Key = "ca.crt", Path = "ca.crt" }] },
                },
                new VolumeProjection
                {
                    DownwardAPI = new DownwardAPIProjection
                    {
                        Items =
                        [
                            new DownwardAPIVolumeFile
                            {
                                Path = "namespace",
                                FieldRef = new ObjectFieldSelector { ApiVersion = "v1", FieldPath = "metadata.namespace" },
                            },
                        ],
                    },
                },
            ],
        },
    };

    private static PodSpec WithTolerations(PodSpec spec)
    {
        var tolerations = spec.Tolerations;
        foreach (var key in (string[])["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"])
        {
            if (tolerations.Any(has => (has.Key == key || has.Key.Length == 0) && (has.Effect is "NoExecute" or ""))) continue;
            tolerations = [.. tolerations, new Toleration { Key = key, Operator = "Exists", Effect = "NoExecute", TolerationSeconds = 300 }];
        }
        return spec with { Tolerations = tolerations };
    }
}

/// <summary>A refusal that may be gone in a moment: the server tries again a few times before it answers.</summary>
internal sealed class ComingSoonException(Status status) : Exception(status.Message)
{
    public Status Status => status;
}
