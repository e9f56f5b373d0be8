using System.Text;

namespace ClusterEmu.Cli.Checks.Fuzz;

/// <summary>How a request reaches the server.</summary>
internal enum FuzzDelivery
{
    Whole,

    /// <summary>In pieces with pauses between them.</summary>
    Slow,

    /// <summary>The connection ends in the middle.</summary>
    CutOff,

    /// <summary>Half of it, and then nothing: the connection stays open until the server has enough of it.</summary>
    Abandoned,
}

/// <summary>One request, byte by byte.</summary>
/// <param name="Number">Which of the run.</param>
/// <param name="What">Its sort, for reports.</param>
/// <param name="Method">Any token.</param>
/// <param name="Target">Path and query as they stand in the request line.</param>
/// <param name="Headers">Beside Host, Authorization and Content-Length.</param>
/// <param name="Body">Empty for none.</param>
/// <param name="Delivery">How it is sent.</param>
internal sealed record FuzzRequest(
    long Number, string What, string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body, FuzzDelivery Delivery)
{
    /// <summary>It breaks HTTP itself, so that the server's transport answers it, in its own words, or closes.</summary>
    /// <remarks>Letters beyond ASCII and zero bytes in the request line do so too.</remarks>
    public bool BreaksHttp
    {
        get => field || !Ascii.IsValid(Target) || Target.Contains("%00", StringComparison.Ordinal);
        init;
    }

    /// <summary>May be answered with a stream that does not end.</summary>
    public bool IsWatch => Target.Contains("watch", StringComparison.OrdinalIgnoreCase);

    public override string ToString() =>
        $"request {Number} ({What}, {Delivery}): {Method} {(Target.Length > 300 ? Target[..300] + "…" : Target)} with {Body.Length} bytes{string.Concat(Headers.Select(header => $", {header.Name}: {(header.Value.Length > 80 ? header.Value[..80] + "…" : header.Value)}"))}";
}
