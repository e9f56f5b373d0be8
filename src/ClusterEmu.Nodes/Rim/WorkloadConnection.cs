using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using ClusterEmu.Network;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace ClusterEmu.Nodes;

/// <summary>One emulated connection as Kestrel sees it, with the listener that accepted it as a feature.</summary>
internal sealed class WorkloadConnection : ConnectionContext
{
    private static long _count;
    private readonly Stream _stream;
    private readonly CancellationTokenSource _closed = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WorkloadConnection(Stream stream, WorkloadListener listener, Flow flow)
    {
        _stream = stream;
        Listener = listener;
        Flow = flow;
        Transport = new Duplex(PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true)), PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true)));
        ConnectionId = Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        RemoteEndPoint = new IPEndPoint(flow.Source.Ip.ToIPAddress(), flow.Source.Port);
        LocalEndPoint = new IPEndPoint(flow.Destination.Ip.ToIPAddress(), flow.Destination.Port);
        ConnectionClosed = _closed.Token;
        Features.Set(this);
    }

    public WorkloadListener Listener { get; }

    /// <summary>Addresses as the server sees them.</summary>
    public Flow Flow { get; }
    public override string ConnectionId { get; set; }
    public override IFeatureCollection Features { get; } = new FeatureCollection();
    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();
    public override IDuplexPipe Transport { get; set; }

    /// <summary>Completes when the server is through with the connection.</summary>
    public Task Done => _done.Task;

    public override void Abort(ConnectionAbortedException abortReason)
    {
        _stream.Dispose();
        _closed.Cancel();
    }

    public override async ValueTask DisposeAsync()
    {
        await Transport.Input.CompleteAsync().ConfigureAwait(false);
        await Transport.Output.CompleteAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        await _closed.CancelAsync().ConfigureAwait(false);
        _closed.Dispose();
        _done.TrySetResult();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
