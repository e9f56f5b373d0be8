using System.CommandLine;

namespace ClusterEmu.Cli.Commands;

/// <summary>All commands, and how their failures are told.</summary>
public static class CommandTree
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = Create();
        return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    public static RootCommand Create() => new(
        """
        A Kubernetes cluster that is not there: the real API for kubectl, and emulated nodes, kube-proxies, Pods and load balancers behind it.

        Start with:
          clusteremu demo              walk the guide, chapter by chapter, in a cluster of its own
          clusteremu up                start a cluster; then use kubectl and curl
          clusteremu request URL --from pod/NS/NAME --trace
                                       send a real request from inside, and see each hop
        """)
    {
        DemoCommand.Create(),
        UpCommand.Create(),
        DownCommand.Create(),
        StatusCommand.Create(),
        ListCommand.Create(),
        ManifestCommands.Apply(),
        ManifestCommands.Delete(),
        GetCommand.Create(),
        RequestCommand.Create(),
        NodeCommands.Create(),
        RunCommand.Create(),
        PkiCommand.Create(),
        KubeconfigCommand.Create(),
        BenchCommand.Create(),
    };
}
