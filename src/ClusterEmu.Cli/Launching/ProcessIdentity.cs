using System.Diagnostics;
using System.Globalization;

namespace ClusterEmu.Cli.Launching;

/// <summary>Tells whether a pid still is the process it was.</summary>
public static class ProcessIdentity
{
    /// <summary>The start time of a living process as an opaque text; null if it is not there (or a zombie).</summary>
    public static string? StartOf(int pid)
    {
        if (OperatingSystem.IsLinux())
        {
            try
            {
                var stat = File.ReadAllText($"/proc/{pid}/stat");
                var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' '); // From field 3 (state) on; 22 is the start time.
                return fields[0] is "Z" or "X" ? null : fields[19];
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.HasExited ? null : process.StartTime.ToUniversalTime().Ticks.ToString(CultureInfo.InvariantCulture);
        }
        catch (Exception cause) when (cause is ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Proportional set size (Linux), else the working set, in bytes; null if the process is gone.</summary>
    public static long? MemoryOf(int pid)
    {
        try
        {
            if (OperatingSystem.IsLinux() && File.Exists($"/proc/{pid}/smaps_rollup"))
            {
                foreach (var line in File.ReadLines($"/proc/{pid}/smaps_rollup"))
                {
                    if (line.StartsWith("Pss:", StringComparison.Ordinal))
                        return long.Parse(line.AsSpan(4).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
                }
            }
            using var process = Process.GetProcessById(pid);
            return process.WorkingSet64;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }
}
