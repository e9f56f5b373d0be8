using System.IO.Pipelines;

namespace ClusterEmu.Fabric;

/// <summary>An emulated TCP connection both of whose ends are in this process.</summary>
/// <remarks>Each direction holds at most 64 KiB; then the writer waits until half of it was read. Idle, it holds no buffer.</remarks>
public sealed class PipeConnection
{
    public const int WindowBytes = 64 * 1024;
    private static readonly PipeOptions Options = new(
        pauseWriterThreshold: WindowBytes, resumeWriterThreshold: WindowBytes / 2, useSynchronizationContext: false);
    private readonly PipeEnd _client;
    private readonly PipeEnd _server;
    private string? _resetReason;

    private PipeConnection()
    {
        var there = new Pipe(Options);
        var back = new Pipe(Options);
        _client = new PipeEnd(back.Reader, there.Writer, this);
        _server = new PipeEnd(there.Reader, back.Writer, this);
    }

    internal string? ResetReason => Volatile.Read(ref _resetReason);

    public static (FabricStream Client, FabricStream Server) Open()
    {
        var connection = new PipeConnection();
        return (connection._client, connection._server);
    }

    /// <summary>Both ends stop writing; what was written before can be read, then reading fails with the reason.</summary>
    internal void Reset(string reason)
    {
        if (Interlocked.CompareExchange(ref _resetReason, reason, null) is not null) return;
        _client.CloseWriter();
        _server.CloseWriter();
    }
}
