namespace ClusterEmu.Api;

/// <summary>The order of keys in YAML that Go writes: letters after everything else, runs of digits by their value.</summary>
internal sealed class NaturalOrder : IComparer<string>
{
    public static readonly NaturalOrder Instance = new();

    public int Compare(string? left, string? right)
    {
        var (a, b) = (left!, right!);
        var at = 0;
        while (at < a.Length && at < b.Length && a[at] == b[at]) at++;
        if (at == a.Length || at == b.Length) return a.Length - b.Length;

        var (letterA, letterB) = (char.IsLetter(a[at]), char.IsLetter(b[at]));
        if (letterA && letterB) return a[at] - b[at];
        if (letterA || letterB) return letterA ? 1 : -1;

        // A digit before the difference makes zeros count: a010 is after a09 because 10 is more than 9.
        var carry = (a[at] == '0' || b[at] == '0') && HasNonZeroDigitBefore(a, at) ? 1 : 0;
        var (valueA, lengthA) = Number(a, at, carry);
        var (valueB, lengthB) = Number(b, at, carry);
        if (valueA != valueB) return valueA < valueB ? -1 : 1;
        return lengthA != lengthB ? lengthA - lengthB : a[at] - b[at];
    }

    private static bool HasNonZeroDigitBefore(string text, int at)
    {
        for (at--; at >= 0 && char.IsAsciiDigit(text[at]); at--)
            if (text[at] != '0') return true;
        return false;
    }

    private static (ulong Value, int Length) Number(string text, int at, int start)
    {
        var value = (ulong)start;
        var length = 0;
        for (; at < text.Length && char.IsAsciiDigit(text[at]); at++, length++) value = unchecked(value * 10 + (ulong)(text[at] - '0'));
        return (value, length);
    }
}
