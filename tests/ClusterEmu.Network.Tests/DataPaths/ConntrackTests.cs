namespace ClusterEmu.Network.Tests;

public class ConntrackTests
{
    private static Flow FlowOf(ulong bits, IpProtocol protocol = IpProtocol.Tcp) => new(
        protocol,
        new IpPort(Ip.FromV4(0xAC110002u + (uint)(bits & 1)), 40000 + (int)((bits >> 1) & 1)),
        new IpPort(Ip.FromV4(0x0A600001u + (uint)((bits >> 2) & 1)), 80));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Passing_IsOpeningAndClosing(int seed)
    {
        // Both tables see the same connections that last, and the same that do not: one as entries, the other as passes.
        var (opened, passed) = (new Conntrack(4), new Conntrack(4));
        var (now, refusals, state) = (0L, 0, (ulong)seed);
        for (var i = 0; i < 2000; i++)
        {
            state += 0x9E3779B97F4A7C15;
            var bits = StableHash.Mix(state);
            now += (long)(bits % 5_000_000);
            var original = FlowOf(bits >> 8, (bits & 0x40) == 0 ? IpProtocol.Tcp : IpProtocol.Udp);
            var translated = original with { Destination = new IpPort(Ip.FromV4(0xAC110105), 8080 + (int)((bits >> 16) & 1)) };
            switch ((bits >> 32) % 4)
            {
                case 0:
                    Assert.Equal(opened.TryAdd(new ConntrackEntry(original, translated, null, null), now), passed.TryAdd(new ConntrackEntry(original, translated, null, null), now));
                    break;
                case 1:
                    opened.Close(original);
                    passed.Close(original);
                    break;
                default:
                    var fits = opened.TryAdd(new ConntrackEntry(original, translated, null, null), now);
                    if (fits) opened.Close(original);
                    else refusals++;
                    Assert.Equal(fits, passed.TryPass(original, translated, now));
                    break;
            }
            Assert.Equal(opened.List(now).Select(e => (e.Original, e.Translated, e.ExpiresAt)), passed.List(now).Select(e => (e.Original, e.Translated, e.ExpiresAt)));
            Assert.Equal(opened.Count, passed.Count);
            var reply = translated.Reversed;
            Assert.Equal(opened.FindReply(reply, now)?.Original, passed.FindReply(reply, now)?.Original);
        }
        Assert.InRange(refusals, 1, 1900);
    }
}
