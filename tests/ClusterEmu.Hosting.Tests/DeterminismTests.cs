namespace ClusterEmu.Hosting.Tests;

public sealed class DeterminismTests
{
    [Fact]
    public void Streams_AreIndependentByName()
    {
        var one = new LiveDeterminism(42);
        var two = new LiveDeterminism(42);
        _ = two.Stream("other").Next();
        Assert.Equal(one.Stream("a").Next(), two.Stream("a").Next());
        Assert.NotEqual(one.Stream("a").Next(), one.Stream("b").Next());
    }

    [Fact]
    public void Numbers_AreTheSameOnEveryMachine()
    {
        var stream = new RandomStream(1);
        Assert.Equal([0x910A2DEC89025CC1, 0xBEEB8DA1658EEC67, 0xF893A2EEFB32555E], [stream.Next(), stream.Next(), stream.Next()]);
    }

    [Fact]
    public void Bounds_AreKept()
    {
        var stream = new RandomStream(7);
        var drawn = Enumerable.Range(0, 10_000).Select(_ => stream.Next(6)).ToList();
        Assert.Equal([0, 1, 2, 3, 4, 5], drawn.Distinct().Order());
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Next(0));
    }

    [Fact]
    public void Uids_HaveKubernetesForm()
    {
        var uid = new LiveDeterminism().NewUid();
        Assert.Matches("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", uid);
    }

    [Fact]
    public void Setup_GivesTheSystemItsOwn()
    {
        var mine = new LiveDeterminism(1);
        using var system = ActorSystem.Create("x", ActorSystemSetup.Create(new DeterminismSetup(mine)));
        Assert.Same(mine, Determinism.For(system));
        using var plain = ActorSystem.Create("y");
        Assert.IsType<LiveDeterminism>(Determinism.For(plain));
    }
}
