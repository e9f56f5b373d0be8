using System.Globalization;

namespace ClusterEmu.Api;

/// <summary>Halves of surrogate pairs, written as escapes (<c>\ud800</c>): Go reads each as U+FFFD, where .NET refuses the text.</summary>
internal static class LoneSurrogates
{
    private const int EscapeLength = 6;
    private static readonly byte[] Replacement = "\\ufffd"u8.ToArray();

    /// <summary>The text with each half replaced; null if there is none.</summary>
    /// <param name="json">Well formed or not.</param>
    public static byte[]? Replace(ReadOnlySpan<byte> json)
    {
        if (json.IndexOf("\\ud"u8) < 0 && json.IndexOf("\\uD"u8) < 0) return null;
        byte[]? mended = null;
        for (var at = 0; at + 1 < json.Length; at++)
        {
            if (json[at] != '\\') continue;
            if (json[at + 1] != 'u')
            {
                at++; // An escaped character, maybe a backslash.
                continue;
            }
            var unit = UnitAt(json, at);
            if (!char.IsSurrogate(unit))
            {
                at++;
                continue;
            }
            if (char.IsHighSurrogate(unit) && char.IsLowSurrogate(UnitAt(json, at + EscapeLength)))
            {
                at += (2 * EscapeLength) - 1;
                continue;
            }
            mended ??= json.ToArray();
            Replacement.CopyTo(mended.AsSpan(at));
            at += EscapeLength - 1;
        }
        return mended;
    }

    /// <summary>The UTF-16 unit that an escape stands for; 0 if there is no escape.</summary>
    private static char UnitAt(ReadOnlySpan<byte> json, int at) =>
        at + EscapeLength <= json.Length && json[at] == '\\' && json[at + 1] == 'u'
        && ushort.TryParse(json.Slice(at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : '\0';
}
