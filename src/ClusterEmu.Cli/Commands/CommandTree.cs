using System.CommandLine;
using System.CommandLine.Invocation;

namespace ClusterEmu.Cli.Commands;

/// <summary>All commands, and how their failures are told.</summary>
public static partial class CommandTree
{
    public static async Task<int> RunAsync(string[] args)
    {
        var result = Create().Parse(args);
        if (result.Errors.Count > 0 && result.Action is ParseErrorAction && result.CommandResult.Command is { Subcommands.Count: 0 } command)
        {
            foreach (var error in result.Errors) await Console.Error.WriteLineAsync(Plain(error.Message));
            await Console.Error.WriteLineAsync($"See '{PathOf(command)} --help'.");
            return 2;
        }
        return await result.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    public static RootCommand Create()
    {
        var root = Tree();
        AddSimulation(root);
        root.ShowExamples();
        return root;
    }

    /// <summary>Adds what needs virtual time; in a build on Akka's packages there is nothing to add.</summary>
    static partial void AddSimulation(RootCommand root);

    private static string PathOf(Symbol command) =>
        command is RootCommand ? "clusteremu" : string.Join(' ', command.Parents.OfType<Command>().Select(PathOf).Append(command.Name));

    /// <summary>The parser's words without the names of .NET types.</summary>
    private static string Plain(string message) => message
        .Replace(" as expected type 'System.Int32'", ": it takes a whole number", StringComparison.Ordinal)
        .Replace(" as expected type 'System.Nullable`1[System.Int32]'", ": it takes a whole number", StringComparison.Ordinal);

    private static RootCommand Tree() => new(
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
        CheckCommand.Create(),
    };
}
