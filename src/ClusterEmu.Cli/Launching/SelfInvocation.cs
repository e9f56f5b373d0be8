using System.Diagnostics;

namespace ClusterEmu.Cli.Launching;

/// <summary>Starts this very program again, however it was started.</summary>
public static class SelfInvocation
{
    public static ProcessStartInfo Create(IReadOnlyList<string> arguments)
    {
        var assembly = typeof(SelfInvocation).Assembly.Location;
        var self = Environment.ProcessPath;
        var isHost = self is not null && Path.GetFileNameWithoutExtension(self).Equals("clusteremu", StringComparison.OrdinalIgnoreCase);
        var info = new ProcessStartInfo { FileName = isHost ? self! : "dotnet", UseShellExecute = false };
        if (!isHost) info.ArgumentList.Add(assembly);
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        return info;
    }
}
