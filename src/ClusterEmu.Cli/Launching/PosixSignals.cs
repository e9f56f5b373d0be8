using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ClusterEmu.Cli.Launching;

/// <summary>Signals to other processes, which .NET does not offer.</summary>
internal static partial class PosixSignals
{
    public const int Terminate = 15;
    public const int Kill = 9;

    /// <summary>False if the process is gone already.</summary>
    public static bool Send(int pid, int signal)
    {
        if (OperatingSystem.IsWindows())
        {
            using var process = System.Diagnostics.Process.GetProcessById(pid);
            process.Kill(entireProcessTree: true);
            return true;
        }
        const int NoSuchProcess = 3;
        if (kill(pid, signal) == 0) return true;
        var error = Marshal.GetLastPInvokeError();
        return error == NoSuchProcess
            ? false
            : throw new CommandFailure($"Process {pid} could not be signalled: {new Win32Exception(error).Message} Run the command as the user who started the cluster.");
    }

    /// <summary>Leaves the terminal's session, so that closing it ends nothing.</summary>
    public static void LeaveSession()
    {
        if (!OperatingSystem.IsWindows()) _ = setsid();
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int kill(int pid, int signal);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int setsid();
}
