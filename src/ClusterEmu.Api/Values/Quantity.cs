using System.Text.Json.Serialization;

namespace ClusterEmu.Api;

/// <summary>An amount such as <c>500m</c>, <c>1.5Gi</c>, <c>2e3</c>: an exact number, and the family of suffixes it is written in.</summary>
/// <remarks>
/// Exact to 1e-9 (finer parts are rounded away from zero) and bounded by ±(2^63-1), as k8s.io/apimachinery
/// api/resource is. Written in canonical form: no fraction, the largest suffix that allows that.
/// </remarks>
[JsonConverter(typeof(QuantityConverter))]
public readonly struct Quantity : IEquatable<Quantity>, IComparable<Quantity>
{
    private readonly Int128 _nanos;
    private readonly QuantityFormat _format;

    internal Quantity(Int128 nanos, QuantityFormat format)
    {
        _nanos = nanos;
        _format = format;
    }

    internal Int128 Nanos => _nanos;
    public QuantityFormat Format => _format;
    public bool IsZero => _nanos == 0;
    public int Sign => Int128.Sign(_nanos);

    /// <summary>In whole units, rounded up: <c>1500m</c> is 2.</summary>
    public long Value => (long)CeilingOf(_nanos, QuantityText.NanosPerUnit);

    /// <summary>In thousandths, rounded up: <c>1</c> is 1000. Beyond ±(2^63-1) it is that.</summary>
    public long MilliValue => (long)Int128.Clamp(CeilingOf(_nanos, QuantityText.NanosPerUnit / 1000), -long.MaxValue, long.MaxValue);

    public static Quantity FromUnits(long units, QuantityFormat format = QuantityFormat.DecimalSI) => new(units * QuantityText.NanosPerUnit, format);

    public static Quantity FromMillis(long millis, QuantityFormat format = QuantityFormat.DecimalSI) =>
        new(millis * (QuantityText.NanosPerUnit / 1000), format);

    /// <exception cref="FormatException">The text is no quantity; the message is Kubernetes'.</exception>
    public static Quantity Parse(string text) =>
        QuantityText.TryParse(text, out var quantity, out var problem) ? quantity : throw new FormatException(problem);

    public static bool TryParse(string text, out Quantity quantity) => QuantityText.TryParse(text, out quantity, out _);

    public static Quantity operator +(Quantity left, Quantity right) => new(left._nanos + right._nanos, left.IsZero ? right._format : left._format);

    public static Quantity operator -(Quantity left, Quantity right) => new(left._nanos - right._nanos, left.IsZero ? right._format : left._format);

    public static bool operator ==(Quantity left, Quantity right) => left.Equals(right);

    public static bool operator !=(Quantity left, Quantity right) => !left.Equals(right);

    public static bool operator <(Quantity left, Quantity right) => left._nanos < right._nanos;

    public static bool operator >(Quantity left, Quantity right) => left._nanos > right._nanos;

    public static bool operator <=(Quantity left, Quantity right) => left._nanos <= right._nanos;

    public static bool operator >=(Quantity left, Quantity right) => left._nanos >= right._nanos;

    /// <summary>Equal amounts are equal, however written.</summary>
    public bool Equals(Quantity other) => _nanos == other._nanos;

    public override bool Equals(object? obj) => obj is Quantity other && Equals(other);

    public override int GetHashCode() => _nanos.GetHashCode();

    public int CompareTo(Quantity other) => _nanos.CompareTo(other._nanos);

    /// <summary>The canonical form.</summary>
    public override string ToString() => QuantityText.Write(_nanos, _format);

    private static Int128 CeilingOf(Int128 nanos, Int128 unit)
    {
        var (quotient, remainder) = Int128.DivRem(nanos, unit);
        return remainder > 0 ? quotient + 1 : quotient;
    }
}

/// <summary>The families of suffixes.</summary>
public enum QuantityFormat
{
    /// <summary>m, none, k, M, G, T, P, E: powers of 1000.</summary>
    DecimalSI,

    /// <summary>Ki, Mi, Gi, Ti, Pi, Ei: powers of 1024.</summary>
    BinarySI,

    /// <summary>e3, e6, …</summary>
    DecimalExponent,
}
