using System.Globalization;

namespace ClusterEmu.Api;

internal static partial class KindFields
{
    public static readonly SelectableFields<ReplicationController> ReplicationController = new()
    {
        Aliases = new Dictionary<string, string> { ["name"] = "metadata.name" },
        Own = [("status.replicas", controller => controller.Status.Replicas.ToString(CultureInfo.InvariantCulture))],
    };

    public static readonly SelectableFields<Job> Job = new()
    {
        Own = [("status.successful", job => job.Status.Succeeded.ToString(CultureInfo.InvariantCulture))],
    };
}
