namespace ClusterEmu.Actors.Tests.Actors;

public sealed class NameTests() : TestKit("akka.loglevel = OFF")
{
    private sealed class Empty : UntypedActor
    {
        protected override void OnReceive(object message) => Unhandled(message);
    }

    private static readonly Props EmptyProps = Props.Create(() => new Empty());

    [Theory]
    [InlineData("a")]
    [InlineData("web-1.default_x")]
    [InlineData("!*'();:@&=+,~")]
    [InlineData("%2Fescaped")]
    public void ANameOfAllowedCharactersIsTaken(string name) => Assert.Equal(name, Sys.ActorOf(EmptyProps, name).Path.Name);

    [Theory]
    [InlineData("", "Actor name must not be empty.")]
    [InlineData("$a", "Illegal actor name [$a]. Actor paths MUST: not start with `$`, not be empty, and only contain ASCII letters")]
    [InlineData("a/b", "Illegal actor name [a/b].")]
    [InlineData("a b", "Illegal actor name [a b].")]
    [InlineData("ä", "Illegal actor name [ä].")]
    [InlineData("%zz", "Illegal actor name [%zz].")]
    public void AnyOtherIsRefused(string name, string message)
    {
        var refusal = Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(EmptyProps, name));
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ANameIsTakenUntilItsActorHasStopped()
    {
        var first = Sys.ActorOf(EmptyProps, "same");
        Assert.Equal("Actor name \"same\" is not unique!", Assert.Throws<InvalidActorNameException>(() => Sys.ActorOf(EmptyProps, "same")).Message);
        Watch(first);
        Sys.Stop(first);
        ExpectTerminated(first);
        IActorRef? second = null;
        AwaitAssert(() => second = Sys.ActorOf(EmptyProps, "same"));
        Assert.Equal(first.Path, second!.Path);
        Assert.NotEqual(first, second);
        Assert.NotEqual(first.Path.Uid, second.Path.Uid);
    }

    [Fact]
    public void UnnamedActorsGetNamesOfTheirOwn()
    {
        var names = Enumerable.Range(0, 100).Select(_ => Sys.ActorOf(EmptyProps).Path.Name).ToArray();
        Assert.Equal(100, names.Distinct().Count());
        Assert.All(names, name => Assert.StartsWith("$", name, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-x")]
    [InlineData("")]
    [InlineData("a_b")]
    public void ASystemsNameIsChecked(string name) => Assert.Throws<ArgumentException>(() => ActorSystem.Create(name));

    [Fact]
    public void PathsAreParsedAndCompared()
    {
        var path = ActorPath.Parse("akka://sys/user/a/b");
        Assert.Equal("/user/a/b", path.ToStringWithoutAddress());
        Assert.Equal("akka://sys/user/a/b", path.ToString());
        Assert.Equal(["user", "a", "b"], path.Elements);
        Assert.Equal(3, path.Depth);
        Assert.Equal(path.Parent / "b", path);
        Assert.NotEqual(path.Parent / "c", path);
        Assert.Equal("akka.tcp://sys@host:80", ActorPath.Parse("akka.tcp://sys@host:80/user").Address.ToString());
        Assert.False(ActorPath.TryParse("no path", out _));
    }
}
