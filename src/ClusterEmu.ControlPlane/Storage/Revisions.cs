using System.Globalization;

namespace ClusterEmu.ControlPlane.Storage;

/// <summary>Revisions as text. The text is opaque to clients; here it is a decimal number.</summary>
public static class Revisions
{
    /// <summary>The revision of a store that nothing was written to yet.</summary>
    public const long Empty = 1;

    public static string Text(long revision) => revision.ToString(CultureInfo.InvariantCulture);

    /// <summary>False for anything that no server of this kind ever gave out.</summary>
    public static bool TryParse(string text, out long revision) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out revision);
}
