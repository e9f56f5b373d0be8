using System.Globalization;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Ages as kubectl shows them: 45s, 3m10s, 2h, 5d3h. Source: k8s.io/apimachinery util/duration.</summary>
public static class HumanDuration
{
    /// <summary>The time since; <c>&lt;unknown&gt;</c> for a time that was never set.</summary>
    public static string Since(DateTimeOffset? time, DateTimeOffset now) => time is { } known ? Of(now - known) : "<unknown>";

    public static string Of(TimeSpan time)
    {
        var seconds = (long)time.TotalSeconds;
        if (seconds < -1) return "<invalid>";
        if (seconds < 0) return "0s";
        if (seconds < 120) return Text($"{seconds}s");
        var minutes = seconds / 60;
        if (minutes < 10) return Two(minutes, "m", seconds % 60, "s");
        if (minutes < 180) return Text($"{minutes}m");
        var hours = minutes / 60;
        if (hours < 8) return Two(hours, "h", minutes % 60, "m");
        if (hours < 48) return Text($"{hours}h");
        var days = hours / 24;
        if (hours < 192) return Two(days, "d", hours % 24, "h");
        if (days < 730) return Text($"{days}d");
        return days < 2920 ? Two(days / 365, "y", days % 365, "d") : Text($"{days / 365}y");
    }

    private static string Two(long first, string firstUnit, long second, string secondUnit) =>
        second == 0 ? Text($"{first}{firstUnit}") : Text($"{first}{firstUnit}{second}{secondUnit}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
