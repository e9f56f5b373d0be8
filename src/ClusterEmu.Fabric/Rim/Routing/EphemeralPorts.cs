using ClusterEmu.Network;

namespace ClusterEmu.Fabric;

/// <summary>Hands out source ports, 32768 to 60999 as Linux does by default, each free for its sender and protocol. Thread-safe.</summary>
internal sealed class EphemeralPorts
{
    public const int First = 32768;
    public const int Last = 60999;
    private readonly Dictionary<(Ip, IpProtocol), Sender> _senders = [];

    /// <returns>A port, or 0 if the sender uses all of them.</returns>
    public int Take(Ip address, IpProtocol protocol)
    {
        lock (_senders)
        {
            if (!_senders.TryGetValue((address, protocol), out var sender)) _senders[(address, protocol)] = sender = new Sender();
            if (sender.Used.Count > Last - First) return 0;
            while (true)
            {
                var port = sender.Next;
                // Round and round, so that a port rests as long as possible before it comes again.
                sender.Next = port == Last ? First : port + 1;
                if (sender.Used.Add(port)) return port;
            }
        }
    }

    public void Return(Ip address, IpProtocol protocol, int port)
    {
        lock (_senders)
        {
            if (_senders.TryGetValue((address, protocol), out var sender)) sender.Used.Remove(port);
        }
    }

    private sealed class Sender
    {
        public HashSet<int> Used { get; } = [];
        public int Next { get; set; } = First;
    }
}
