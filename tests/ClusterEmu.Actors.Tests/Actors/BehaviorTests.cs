namespace ClusterEmu.Actors.Tests.Actors;

public sealed class BehaviorTests() : TestKit("akka.loglevel = OFF")
{
    private sealed class Subject : ReceiveActor
    {
        public Subject(Action<Subject> register) => register(this);

        public void On<T>(Action<T> handler, Predicate<T>? when = null) => Receive(handler, when);

        public void OnDeclining<T>(Func<T, bool> handler) => Receive(handler);

        public void OnAny(Action<object> handler) => ReceiveAny(handler);

        public void Reply(object message) => Sender.Tell(message);

        public void Become(Action<Subject> register) => Become(() => register(this));

        public void Push(Action<Subject> register) => BecomeStacked(() => register(this));

        public void Pop() => UnbecomeStacked();
    }

    private sealed class Producer(Action<Subject> register) : IIndirectActorProducer
    {
        public Type ActorType => typeof(Subject);

        public ActorBase Produce() => new Subject(register);

        public void Release(ActorBase actor)
        {
        }
    }

    private IActorRef Start(Action<Subject> register) => Sys.ActorOf(Props.CreateBy(new Producer(register)));

    [Fact]
    public void TheFirstHandlerThatFitsTakesTheMessage()
    {
        var actor = Start(s =>
        {
            s.On<string>(_ => s.Reply("short"), text => text.Length < 3);
            s.OnDeclining<string>(text =>
            {
                if (text.StartsWith('x')) return false;
                s.Reply("not x");
                return true;
            });
            s.On<IComparable>(_ => s.Reply("comparable"));
            s.OnAny(_ => s.Reply("any"));
        });
        foreach (var (message, answer) in ((object, string)[])[("ab", "short"), ("abc", "not x"), ("xyz", "comparable"), (1, "comparable"), (this, "any")])
        {
            actor.Tell(message);
            ExpectMsg(answer);
        }
    }

    [Fact]
    public void InstancesOfOneActorTypeMayRegisterDifferentHandlers()
    {
        var one = Start(s => s.On<string>(_ => s.Reply("one")));
        var two = Start(s =>
        {
            s.On<int>(_ => s.Reply("int"));
            s.On<string>(_ => s.Reply("two"));
        });
        one.Tell("a");
        ExpectMsg("one");
        two.Tell("a");
        ExpectMsg("two");
    }

    [Fact]
    public async Task NothingCanBeRegisteredBehindACatchAllOrLater()
    {
        var failure = new TaskCompletionSource<Exception>();
        Start(s =>
        {
            s.OnAny(_ => { });
            failure.SetResult(Assert.Throws<InvalidOperationException>(() => s.On<string>(_ => { })));
        });
        Assert.Contains("catches all", (await failure.Task.WaitAsync(TimeSpan.FromSeconds(5))).Message, StringComparison.Ordinal);

        var actor = Start(s => s.On<string>(_ => s.Reply(Assert.Throws<InvalidOperationException>(() => s.On<int>(_ => { })))));
        actor.Tell("register now");
        Assert.Equal("You may only call Receive-methods when constructing the actor and inside Become().", (await ExpectMsgAsync<Exception>()).Message);
    }

    [Fact]
    public void BehaviorsAreReplacedStackedAndTakenOff()
    {
        var actor = Start(s =>
        {
            s.On<Action<Subject>>(act => act(s));
            s.On<string>(_ => s.Reply("first"));
        });
        void Act(Action<Subject> act) => actor.Tell(act);
        void Answers(string expected)
        {
            actor.Tell("who?");
            ExpectMsg(expected);
        }

        Action<Subject> Behaving(string name) => s =>
        {
            s.On<Action<Subject>>(act => act(s));
            s.On<string>(_ => s.Reply(name));
        };
        Answers("first");
        Act(s => s.Push(Behaving("second")));
        Answers("second");
        Act(s => s.Push(Behaving("third")));
        Answers("third");
        Act(s => s.Become(Behaving("fourth")));
        Answers("fourth");
        Act(s => s.Pop());
        Answers("second");
        Act(s => s.Pop());
        Answers("first");
        Act(s => s.Pop());
        Answers("first");
        Act(s => s.Become(Behaving("fifth")));
        Answers("fifth");
    }

    private sealed class Around : ReceiveActor
    {
        public Around()
        {
            Receive<string>(text =>
            {
                Sender.Tell(text);
            });
        }

        protected override bool AroundReceive(Receive receive, object message)
        {
            Sender.Tell("before");
            return base.AroundReceive(receive, message);
        }
    }

    [Fact]
    public void AroundReceiveSeesEveryMessage()
    {
        ActorOf<Around>().Tell("a");
        ExpectMsg("before");
        ExpectMsg("a");
    }

    private sealed class Args(string text, int? number, params string[] more) : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell($"{text} {number} {more.Length}");
    }

    public static TheoryData<string, Props> AllProps()
    {
        var (text, numbers) = ("a", new[] { 1 });
        return new()
        {
            { "a 1 0", Props.Create(() => new Args(text, numbers[0])) },
            { "a  2", Props.Create(() => new Args(text, null, "x", "y")) },
            { "A 3 0", Props.Create(() => new Args(text.ToUpperInvariant(), 1 + 2)) },
            { "a 1 1", Props.Create<Args>("a", 1, new[] { "x" }) },
            { "a  0", Props.Create(typeof(Args), "a", null!, Array.Empty<string>()) },
        };
    }

    [Theory]
    [MemberData(nameof(AllProps))]
    public void PropsPassArgumentsToTheConstructor(string answer, Props props)
    {
        Sys.ActorOf(props).Tell("?");
        ExpectMsg(answer);
    }

    [Fact]
    public void PropsTakeABareConstructorCallOnly()
    {
        var actor = default(Args);
        Assert.Throws<ArgumentException>(() => Props.Create(() => actor!));
    }
}
