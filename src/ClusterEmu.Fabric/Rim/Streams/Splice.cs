using System.Buffers;

namespace ClusterEmu.Fabric;

/// <summary>Joins two connections so that each side sees the other as its peer.</summary>
public static class Splice
{
    private const int BufferBytes = 16 * 1024;

    /// <summary>
    /// Moves bytes both ways until both directions ended, then disposes both. A half-close is carried over and the other
    /// direction goes on; a reset on either side resets the other. Never throws for a broken connection.
    /// </summary>
    /// <param name="left">One connection.</param>
    /// <param name="right">The other.</param>
    /// <param name="cancellationToken">Resets both.</param>
    /// <returns>Why it ended: empty after two half-closes, else the first failure.</returns>
    public static async Task<string> RunAsync(FabricStream left, FabricStream right, CancellationToken cancellationToken = default)
    {
        var reason = new FirstReason();
        using (cancellationToken.UnsafeRegister(_ => Break("The splice was cancelled."), null))
            await Task.WhenAll(MoveAsync(left, right), MoveAsync(right, left)).ConfigureAwait(false);
        await left.DisposeAsync().ConfigureAwait(false);
        await right.DisposeAsync().ConfigureAwait(false);
        return reason.Text;

        async Task MoveAsync(FabricStream from, FabricStream to)
        {
            try
            {
                while (true)
                {
                    // An idle connection waits without a buffer.
                    await from.ReadAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
                    var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
                    try
                    {
                        var count = await from.ReadAsync(buffer.AsMemory(0, BufferBytes), CancellationToken.None).ConfigureAwait(false);
                        if (count == 0) break;
                        await to.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None).ConfigureAwait(false);
                    }
                    finally
                    {
                        ArrayPool<byte>.Shared.Return(buffer);
                    }
                }
                to.CompleteWrites();
            }
            catch (Exception error)
            {
                Break(error.Message); // Whatever it is: a side left alone would wait for ever.
            }
        }

        void Break(string why)
        {
            if (!reason.Set(why)) return;
            left.Abort(why);
            right.Abort(why);
        }
    }

    /// <summary>Keeps the reason that was first; later ones are its consequences.</summary>
    private sealed class FirstReason
    {
        private string? _text;
        public string Text => Volatile.Read(ref _text) ?? "";

        public bool Set(string text) => Interlocked.CompareExchange(ref _text, text, null) is null;
    }
}
