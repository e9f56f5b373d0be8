using System.Reflection;
using ClusterEmu.Cli.Launching;
using ClusterEmu.Hosting;

namespace ClusterEmu.Cli.Roles;

/// <summary>One process of a cluster, from its configuration to its end.</summary>
internal static class RoleProcess
{
    public static async Task<int> RunAsync(string role, string? configFile, string? logFile, bool supervised, CancellationToken cancellationToken)
    {
        if (logFile is not null) RedirectConsole(logFile);
        Config config;
        try
        {
            config = ClusterConfiguration.Load(ReferenceText(), configFile);
        }
        catch (HoconFileException failure)
        {
            throw new CommandFailure(failure.Message, 2);
        }
        using var stop = StopSignal.Listen(cancellationToken);
        using var ended = supervised ? ParentWatch.Start() : null;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop.Token, ended?.Token ?? CancellationToken.None);
        var setup = BootstrapSetup.Create().WithConfig(config).And(new DeterminismSetup(new LiveDeterminism(Seed(config))));
        var system = ActorSystem.Create("clusteremu", setup);
        try
        {
            await using var running = await RoleComposition.StartAsync(role, config, system, either.Token);
            Console.Out.WriteLine($"{role} of cluster '{config.GetString("cluster-emu.cluster.name")}' is running: {running.Summary}");
            await Task.Delay(Timeout.Infinite, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // Told to stop: the ordinary end.
        }
        finally
        {
            await system.Terminate();
        }
        return 0;
    }

    /// <summary>The text of hocon/reference.conf.</summary>
    public static string ReferenceText()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("hocon/reference.conf")
            ?? throw new InvalidOperationException("The program holds no hocon/reference.conf.");
        return new StreamReader(stream).ReadToEnd();
    }

    private static ulong? Seed(Config config) => config.GetLong("cluster-emu.seed") is var seed and not 0 ? (ulong)seed : null;

    private static void RedirectConsole(string file)
    {
        var writer = TextWriter.Synchronized(new StreamWriter(new RollingLog(file)) { AutoFlush = true });
        Console.SetOut(writer);
        Console.SetError(writer);
    }
}
