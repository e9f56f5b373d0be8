namespace ClusterEmu.Cli;

/// <summary>A command cannot do its work. The message is for the user: what was refused, why, and what would do.</summary>
public sealed class CommandFailure(string message, int exitCode = 1) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
