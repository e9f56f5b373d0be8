namespace ClusterEmu.Hosting;

/// <summary>UIDs as text.</summary>
public static class UidFormat
{
    /// <summary>128 random bits in the form of RFC 9562, version 4, variant 1.</summary>
    public static string FromBits(ulong high, ulong low)
    {
        high = (high & 0xFFFF_FFFF_FFFF_0FFF) | 0x4000;
        low = (low & 0x3FFF_FFFF_FFFF_FFFF) | 0x8000_0000_0000_0000;
        return $"{high >> 32:x8}-{(high >> 16) & 0xFFFF:x4}-{high & 0xFFFF:x4}-{low >> 48:x4}-{low & 0xFFFF_FFFF_FFFF:x12}";
    }
}
