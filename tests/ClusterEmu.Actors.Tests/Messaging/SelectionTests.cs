namespace ClusterEmu.Actors.Tests.Messaging;

public sealed class SelectionTests() : TestKit("akka.loglevel = OFF")
{
    private sealed class Family : ReceiveActor
    {
        public Family(int depth)
        {
            if (depth > 0)
                foreach (var name in (string[])["ann", "anton", "bob"])
                    Context.ActorOf(Props.Create(() => new Family(depth - 1)), name);
            Receive<string>(path =>
            {
                Context.ActorSelection(path).Tell(new Identify(path), Sender);
            });
        }
    }

    private IActorRef Start()
    {
        var top = Sys.ActorOf(Props.Create(() => new Family(2)), "top");
        AwaitAssert(() => // The last that is started.
        {
            Sys.ActorSelection("/user/top/bob/bob").Tell(new Identify("ready"), TestActor);
            Assert.NotNull(ExpectMsg<ActorIdentity>().Subject);
        });
        return top;
    }

    [Theory]
    [InlineData("/user/top/ann", "/user/top/ann")]
    [InlineData("ann/bob", "/user/top/ann/bob")]
    [InlineData("../top", "/user/top")]
    [InlineData("an*", "/user/top/ann /user/top/anton")]
    [InlineData("*/a??", "/user/top/ann/ann /user/top/anton/ann /user/top/bob/ann")]
    [InlineData("bob/**", "/user/top/bob/ann /user/top/bob/anton /user/top/bob/bob")]
    public void ASelectionReachesTheActorsAtItsPath(string path, string expected)
    {
        Start().Tell(path);
        var wanted = expected.Split(' ');
        var found = ReceiveN(wanted.Length).Cast<ActorIdentity>().Select(identity => identity.Subject.Path.ToStringWithoutAddress());
        Assert.Equal(wanted, found.Order(StringComparer.Ordinal));
        Assert.False(HasMessages);
    }

    [Fact]
    public async Task AMissingActorIsReported()
    {
        Start().Tell("nobody");
        Assert.Null(ExpectMsg<ActorIdentity>().Subject);
        await Assert.ThrowsAsync<ActorNotFoundException>(() => Sys.ActorSelection("/user/nobody").ResolveOne(TimeSpan.FromSeconds(5)));
        Assert.Equal(TestActor, await Sys.ActorSelection(TestActor.Path).ResolveOne(TimeSpan.FromSeconds(5)));
    }
}
