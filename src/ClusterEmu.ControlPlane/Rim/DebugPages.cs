using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>/debug/clusteremu/weight: what this server holds, for those who look for leaks. For the cluster's users only, as all but health.</summary>
internal sealed class DebugPages(ServerLoad load)
{
    /// <summary>Answers if the path is one of these; else null.</summary>
    public Task? Answer(HttpContext context, string path)
    {
        if (path != "/debug/clusteremu/weight") return null;
        if (context.Request.Query["collect"] == "true")
        {
            for (var i = 0; i < 2; i++)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                GC.WaitForPendingFinalizers();
            }
        }
        var text = string.Create(CultureInfo.InvariantCulture,
            $$"""{"heapBytes":{{GC.GetTotalMemory(forceFullCollection: false)}},"connections":{{load.Connections}},"watches":{{load.Watches}}}""");
        return HttpAnswers.JsonAsync(context, 200, Encoding.UTF8.GetBytes(text));
    }
}
