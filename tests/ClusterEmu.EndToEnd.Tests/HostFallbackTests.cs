using System.Diagnostics;
using ClusterEmu.EndToEnd.Tests.Harness;

namespace ClusterEmu.EndToEnd.Tests;

/// <summary>A machine that has no loopback address beyond 127.0.0.1, made by a network namespace of its own.</summary>
public sealed class HostFallbackTests
{
    /// <summary>Everything runs in one shell, for only what it starts is in the namespace.</summary>
    private const string Script = """
        set -u
        ip link set lo up && ip addr add 127.0.0.1/32 dev lo && ip addr del 127.0.0.1/8 dev lo || exit 90
        "$EMU" up --detach --name fallback --nodes 2 --profile fast --kubeconfig "$KUBECONFIG" || exit 91
        trap '"$EMU" down --name fallback' EXIT
        "$KUBECTL" create deployment web --image=nginx:1.21 && "$KUBECTL" expose deployment web --type=LoadBalancer --port=80 || exit 92
        "$KUBECTL" wait --for=condition=Available deployment/web --timeout=30s || exit 93
        i=0; map=
        while [ $i -lt 100 ]; do
            map=$("$KUBECTL" get svc web -o 'jsonpath={.metadata.annotations.clusteremu\.io/host-port-map}')
            case "$map" in *127.203.*) case "$map" in *,*,*) break;; esac;; esac
            sleep 0.2; i=$((i+1))
        done
        echo "map: $map"
        for place in $(echo "$map" | tr ',' ' '); do
            curl -sS --max-time 10 --retry 5 --retry-connrefused -o /dev/null -w "${place%%=*} answers %{http_code}\n" "http://${place#*=}/"
        done
        "$KUBECTL" get events --field-selector reason=HostPortMoved
        "$EMU" status --name fallback
        """;

    [NamespaceFact]
    public async Task NodePortsAndLoadBalancers_AreServedAtPortsOf127001_AndStatusEventAndAnnotationTell()
    {
        var folder = Directory.CreateTempSubdirectory("clusteremu-fallback-").FullName;
        try
        {
            var environment = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["HOME"] = folder,
                ["CLUSTEREMU_HOME"] = Path.Combine(folder, "state"),
                ["KUBECONFIG"] = Path.Combine(folder, "kubeconfig"),
                ["EMU"] = Tools.Program,
                ["KUBECTL"] = Tools.Kubectl!,
            };
            var outcome = (await Shell.RunAsync("unshare", ["-rn", "sh", "-c", Script], environment, timeoutSeconds: 150)).Succeeded();

            Assert.Contains("has no loopback address beyond 127.0.0.1", outcome.Output, StringComparison.Ordinal);
            // Two nodes and the load balancer, each at a port of 127.0.0.1, and each answers there.
            var map = outcome.Output.Split('\n').Single(line => line.StartsWith("map: ", StringComparison.Ordinal))["map: ".Length..].Split(',');
            Assert.Equal(3, map.Length);
            foreach (var entry in map)
            {
                var (wanted, actual) = (entry.Split('=')[0], entry.Split('=')[1]);
                Assert.StartsWith("127.0.0.1:", actual, StringComparison.Ordinal);
                Assert.Contains($"{wanted} answers 200", outcome.Output, StringComparison.Ordinal);
                Assert.Contains($"{wanted} -> {actual}", outcome.Output, StringComparison.Ordinal); // The Event.
                Assert.Matches($@"default/web\s+TCP\s+{wanted.Split('/')[0]}\s+{actual}", outcome.Output); // The status.
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>
    /// A fact that needs kubectl, curl, unshare, ip and network namespaces. Skipped with a message without them; where CI=true only
    /// a kernel that refuses namespaces is an excuse, a missing program is not.
    /// </summary>
    private sealed class NamespaceFactAttribute : FactAttribute
    {
        private static readonly (string? Found, string Package)[] Needed =
        [
            (Tools.Kubectl, "kubernetes-client"), (Tools.Curl, "curl"), (Tools.Find("unshare"), "util-linux"), (Tools.Find("ip"), "iproute2"),
        ];

        public NamespaceFactAttribute()
        {
            string[] missing = [.. Needed.Where(tool => tool.Found is null).Select(tool => tool.Package)];
            if (missing.Length > 0)
            {
                if (Environment.GetEnvironmentVariable("CI") != "true") Skip = $"Programs are missing. On Debian: apt-get install {string.Join(' ', missing)}";
            }
            else if (!CanUnshare())
            {
                Skip = "This machine lets no user make a network namespace (unshare -rn). On Debian: sysctl kernel.unprivileged_userns_clone=1";
            }
        }

        private static bool CanUnshare()
        {
            using var probe = Process.Start(new ProcessStartInfo("unshare", ["-rn", "ip", "link", "set", "lo", "up"]) { RedirectStandardError = true })!;
            return probe.WaitForExit(5000) && probe.ExitCode == 0;
        }
    }
}
