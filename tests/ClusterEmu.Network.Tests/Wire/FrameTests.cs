namespace ClusterEmu.Network.Tests;

public class FrameTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    private static readonly FabricHeader Header = new(
        FabricRequestKind.OpenStream, "node-2", WireOrigin.Wire,
        new Flow(IpProtocol.Tcp, new IpPort(Ip.Parse("172.17.0.5"), 40000), new IpPort(Ip.Parse("172.17.1.6"), 8080)),
        Trace: true, "pod/default/client", Ttl: 63, IssuedAt: 1_000_000, Nonce: -7);

    [Fact]
    public void Header_ComesBackAsSent()
    {
        var frame = Header.Write(Key);
        Assert.Equal(frame.Length - FabricHeader.PrefixLength, FabricHeader.LengthAfterPrefix(frame.AsSpan(0, FabricHeader.PrefixLength)));
        Assert.Equal(Header, FabricHeader.Read(frame, Key, 1_000_500));
    }

    [Fact]
    public void Header_HasAFixedLayout()
    {
        var frame = Header.Write(Key);
        Assert.Equal("43454642" + "02", Convert.ToHexString(frame.AsSpan(0, 5)));
        Assert.Equal("0103013F" + "00000000000F4240" + "FFFFFFFFFFFFFFF9" + "0006" + "6E6F64652D32", Convert.ToHexString(frame.AsSpan(9, 28)));
    }

    [Fact]
    public void Header_WithAnyBitChanged_IsRefused()
    {
        var frame = Header.Write(Key);
        for (var bit = 0; bit < frame.Length * 8; bit++)
        {
            var changed = (byte[])frame.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.Throws<WireException>(() => FabricHeader.Read(changed, Key, 1_000_500));
        }
    }

    [Theory]
    [InlineData("another key", 1_000_000, 1, "seal is wrong")]
    [InlineData("stale", 1_000_000 + FabricHeader.MaxAgeMs + 1, 0, "ms ago")]
    [InlineData("from the future", 1_000_000 - FabricHeader.MaxAgeMs - 1, 0, "ms ago")]
    public void Header_IsRefusedWithReason(string because, long now, int keyChange, string wanted)
    {
        var key = (byte[])Key.Clone();
        key[0] += (byte)keyChange;
        var error = Assert.Throws<WireException>(() => FabricHeader.Read(Header.Write(Key), key, now));
        Assert.True(error.Message.Contains(wanted, StringComparison.Ordinal), $"{because}: {error.Message}");
    }

    [Fact]
    public void Header_OfAStranger_IsRefused()
    {
        Assert.Contains("CEFB", Assert.Throws<WireException>(() => FabricHeader.LengthAfterPrefix("GET / HTTP/1.1"u8)).Message);
        Assert.Contains("version 1", Assert.Throws<WireException>(() => FabricHeader.LengthAfterPrefix("CEFB\u0001\0\0\0\u0040"u8)).Message);
        Assert.Contains("bytes", Assert.Throws<WireException>(() => FabricHeader.LengthAfterPrefix("CEFB\u0002\u0001\0\0\0"u8)).Message);
    }

    [Fact]
    public void Verdict_ComesBackAsSent()
    {
        var verdict = new FabricVerdictFrame(WireOutcome.Refused, new IpPort(Ip.Parse("fd00::1"), 80), "", "no endpoints",
            [new("node/node-1", "reject", "größer", 7, 12), new("edge", "connect", "", null, 0)]);
        var read = FabricVerdictFrame.Read(Body(verdict.Write(), FrameKind.Verdict));
        Assert.Equal(verdict with { Hops = [] }, read with { Hops = verdict.Hops } with { Hops = [] });
        Assert.Equal(verdict.Hops, read.Hops);
    }

    [Fact]
    public void PortStates_ComeBackAsSent()
    {
        var states = new PortStatesFrame("node-1", 42, true,
            [new(IpProtocol.Tcp, 30080, WirePortAction.Forward), new(IpProtocol.Udp, 30053, WirePortAction.Drop)]);
        var read = PortStatesFrame.Read(Body(states.Write(), FrameKind.PortStates));
        Assert.Equal((states.Node, states.TableRevision, states.Alive), (read.Node, read.TableRevision, read.Alive));
        Assert.Equal(states.Ports, read.Ports);
    }

    [Fact]
    public void Frames_CutShortOrTooLong_AreRefused()
    {
        var frame = new PortStatesFrame("node-1", 42, true, [new(IpProtocol.Tcp, 30080, WirePortAction.Forward)]).Write();
        for (var length = 0; length < frame.Length - FrameCodec.PrefixLength; length++)
        {
            var body = frame.AsSpan(FrameCodec.PrefixLength, length).ToArray();
            Assert.Throws<WireException>(() => PortStatesFrame.Read(body));
        }
        var longer = frame.AsSpan(FrameCodec.PrefixLength).ToArray().Append((byte)0).ToArray();
        Assert.Contains("too many", Assert.Throws<WireException>(() => PortStatesFrame.Read(longer)).Message);
        Assert.Throws<WireException>(() => FrameCodec.Frame(FrameKind.Datagram, new byte[FrameCodec.MaxBodyLength + 1]));
        Assert.Throws<WireException>(() => FrameCodec.ReadPrefix([9, 0, 0, 0, 0]));
        Assert.Throws<WireException>(() => FrameCodec.ReadPrefix([1, 0xFF, 0, 0, 0]));
    }

    [Fact]
    public void Text_IsCutAtACharacter()
    {
        var writer = new WireWriter();
        writer.Text(new string('ä', 40_000));
        var reader = new WireReader(writer.Written, "test");
        Assert.Equal(new string('ä', 32_767), reader.Text());
    }

    private static byte[] Body(byte[] frame, FrameKind wanted)
    {
        var (kind, length) = FrameCodec.ReadPrefix(frame);
        Assert.Equal((wanted, frame.Length - FrameCodec.PrefixLength), (kind, length));
        return frame[FrameCodec.PrefixLength..];
    }
}
