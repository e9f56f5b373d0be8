using ClusterEmu.Fabric;
using ClusterEmu.Hosting;
using ClusterEmu.Network;

namespace ClusterEmu.Simulation;

/// <summary>Sends the requests of a <see cref="LoadSpec"/>. Names are resolved for each anew, by messages to the cluster's DNS.</summary>
internal sealed class LoadClient : SimulatedWork, IRequestOwner, IDisposable
{
    private const long Sends = 0;
    private const long LooksForOverdue = 1;
    private const long DnsTimeout = 5_000_000;
    private const int DnsAttempts = 2;
    private const int DnsPort = 53;

    private readonly SimulatedWorld _world;
    private readonly LoadSpec _spec;
    private readonly LoadTarget _target;
    private readonly RandomStream _random;
    private readonly Ip _outside;
    private readonly Stack<LoadCall> _free = new();
    private readonly Queue<(LoadCall Call, long Number, long Deadline)> _out = new();
    private readonly Dictionary<NameSettings, NamePlan> _plans = new(ReferenceEqualityComparer.Instance);
    private readonly NameSettings _noNames = new();
    private long _number;
    private ushort _queryId;
    private bool _looking;
    private bool _stopped;
    private long _sendersRevision = -1;
    private IReadOnlyList<LoadSender> _senders = [];
    private long _targetsRevision = -1;
    private IReadOnlyList<IpPort> _targets = [];

    public LoadClient(SimulatedWorld world, LoadSpec spec, LoadTarget target)
    {
        (_world, _spec, _target) = (world, spec, target);
        _random = world.Stream($"load/{spec.Name}");
        _outside = spec.From.StartsWith("outside/", StringComparison.Ordinal) ? Ip.Parse(spec.From["outside/".Length..]) : Edge.ClientAddresses.Default;
        _queryId = (ushort)_random.Next(65_536);
    }

    public void Start() => Next();

    public void Dispose() => _stopped = true;

    protected override void Run(long tag)
    {
        if (tag == LooksForOverdue)
        {
            LookForOverdue();
            return;
        }
        if (_stopped) return;
        Next();
        Begin();
    }

    public void Ended(FastRequest request)
    {
        var call = (LoadCall)request.Tag!;
        if (call.Abandoned) return;
        if (ReferenceEquals(request, call.Dns)) Answered(call);
        else Finish(call, (RequestOutcome)request.Outcome);
    }

    private void Next() =>
        _world.Executor.At(_world.Now + (_spec.IntervalMicroseconds / 2) + Below(_spec.IntervalMicroseconds), this, Sends);

    private long Below(long bound) => bound <= int.MaxValue ? _random.Next((int)bound) : (long)(_random.Next() % (ulong)bound);

    private void Begin()
    {
        var call = _free.TryPop(out var known) ? known : new LoadCall();
        call.Number = ++_number;
        call.StartedAt = _world.Now;
        call.Deadline = _world.Now + _spec.TimeoutMicroseconds;
        call.SentAt = 0;
        call.Questions = 0;
        call.Sender = FindSender();
        if (call.Sender is not { } sender || (sender.Node.Length > 0 && _world.Network.DataPathOf(sender.Node) is null))
        {
            Finish(call, RequestOutcome.NotSent);
            return;
        }
        _out.Enqueue((call, call.Number, call.Deadline));
        if (!_looking) LookAt(call.Deadline);
        if (_target.Kind == LoadTargetKind.Host) Resolve(call);
        else if (FindTarget() is { } address) SendTo(call, address);
        else Finish(call, RequestOutcome.NotSent);
    }

    private void Resolve(LoadCall call)
    {
        var settings = call.Sender!.Names;
        if (!_plans.TryGetValue(settings, out var plan))
        {
            if (_plans.Count > 100) _plans.Clear(); // Pods come and go.
            _plans[settings] = plan = NamePlan.Of(_target.Host, settings);
        }
        if (plan.Known is { } address)
        {
            SendTo(call, new IpPort(address, _target.Port));
            return;
        }
        (call.Names, call.Candidate, call.Attempt) = (plan, 0, 0);
        // One socket for all questions, as a C library's.
        call.Dns.Source = new IpPort(call.Sender.Address, call.Sender.Ports.Next());
        AskNext(call);
    }

    private void AskNext(LoadCall call)
    {
        var plan = call.Names!;
        if (plan.Server is not { } server || call.Candidate >= plan.Questions.Count)
        {
            Finish(call, RequestOutcome.NameUnknown);
            return;
        }
        var left = call.Deadline - _world.Now;
        if (left <= 0)
        {
            Finish(call, RequestOutcome.NameTimedOut);
            return;
        }
        call.Attempt++;
        call.Questions++;
        call.AskedAt = _world.Now;
        var request = call.Dns;
        request.Payload = call.Query(plan.Questions[call.Candidate].Query, ++_queryId);
        request.From = call.Sender!.Node;
        request.SentBy = call.Sender.Origin;
        request.Destination = new IpPort(server, DnsPort);
        request.TimeoutMicroseconds = Math.Min(DnsTimeout, left);
        _world.Network.Send(request, this);
    }

    private void Answered(LoadCall call)
    {
        var request = call.Dns;
        var answer = request.Outcome == FastOutcome.Answered
            ? call.Names!.Questions[call.Candidate].Reader.Read(request.AnswerPayload.Span, call.QueryId)
            : default;
        if (_world.Traffic.Names.IsHeard)
        {
            var name = call.Names!.Questions[call.Candidate].Name;
            _world.Traffic.Names.Publish(new NameAsked(_spec.Name, name, call.AskedAt, _world.Now, request.Outcome, answer.Code, call.Sender!.Node, request.Choice));
        }
        if (request.Outcome == FastOutcome.Dropped)
        {
            if (call.Attempt < DnsAttempts) AskNext(call);
            else Finish(call, RequestOutcome.NameTimedOut);
        }
        else if (answer.Address is { } address)
        {
            SendTo(call, new IpPort(address, _target.Port));
        }
        else if (answer.Alias is { } alias && call.Names!.For(alias) is { } plan)
        {
            (call.Names, call.Candidate, call.Attempt) = (plan, 0, 0);
            AskNext(call);
        }
        else if (answer.Code is DnsCode.NoError or DnsCode.NameError)
        {
            (call.Candidate, call.Attempt) = (call.Candidate + 1, 0);
            AskNext(call);
        }
        else
        {
            Finish(call, RequestOutcome.NameFailed);
        }
    }

    private void SendTo(LoadCall call, IpPort destination)
    {
        var left = call.Deadline - _world.Now;
        if (left <= 0)
        {
            Finish(call, RequestOutcome.TimedOut);
            return;
        }
        var sender = call.Sender!;
        var request = call.Http;
        request.From = sender.Node;
        request.SentBy = sender.Origin;
        request.Source = new IpPort(sender.Address, sender.Ports.Next());
        request.Destination = destination;
        request.Method = _spec.Method;
        request.Path = _target.Path;
        request.Query = _target.Query;
        request.TimeoutMicroseconds = left;
        call.SentAt = _world.Now;
        _world.Network.Send(request, this);
    }

    private void Finish(LoadCall call, RequestOutcome outcome)
    {
        _world.Traffic.Note(outcome);
        if (_world.Traffic.Requests.IsHeard)
        {
            var sent = call.SentAt > 0;
            var request = call.Http;
            _world.Traffic.Requests.Publish(new RequestDone
            {
                Client = _spec.Name,
                From = _spec.From,
                Url = _spec.Url,
                Number = call.Number,
                StartedAt = call.StartedAt,
                SentAt = call.SentAt,
                EndedAt = _world.Now,
                Outcome = outcome,
                Status = sent ? request.Status : 0,
                ServerName = sent ? request.ServerName : "",
                Node = call.Sender?.Node ?? "",
                Source = sent ? request.Source : default,
                Destination = sent ? request.Destination : default,
                Flow = sent ? request.Flow : default,
                TableRevision = sent ? request.TableRevision : 0,
                Choice = sent ? request.Choice : null,
                Cause = sent ? request.Cause : DecisionCause.Routed,
                Questions = call.Questions,
            });
        }
        call.Number = 0;
        if (!call.Abandoned) _free.Push(call);
    }

    /// <summary>Requests are overdue in the order in which they were sent, so that one time is enough for all.</summary>
    private void LookAt(long deadline)
    {
        _looking = true;
        _world.Executor.At(deadline + 1, this, LooksForOverdue);
    }

    /// <summary>Gives up what waits in the mailbox of a process that was killed: the network does not know of it.</summary>
    private void LookForOverdue()
    {
        _looking = false;
        while (_out.TryPeek(out var oldest))
        {
            var isOut = oldest.Call.Number == oldest.Number;
            if (isOut && oldest.Deadline >= _world.Now)
            {
                LookAt(oldest.Deadline);
                return;
            }
            _out.Dequeue();
            if (!isOut) continue;
            oldest.Call.Abandoned = true;
            Finish(oldest.Call, oldest.Call.SentAt > 0 ? RequestOutcome.TimedOut : RequestOutcome.NameTimedOut);
        }
    }

    private LoadSender? FindSender()
    {
        var book = _world.Traffic.Book;
        if (_sendersRevision != book.Revision)
        {
            _sendersRevision = book.Revision;
            _senders = _spec.From.Split('/') switch
            {
                ["pod", var ns, var name] => book.FindPod($"{ns}/{name}") is { } pod ? [pod] : [],
                ["app", var ns, var name] => book.App($"{ns}/{name}"),
                ["node", var name] => book.FindNode(name) is { } node ? [node] : [],
                _ => [new LoadSender("", FlowOrigin.Outside, _outside, _noNames, book.PortsOf(_outside))],
            };
        }
        return _senders.Count switch
        {
            0 => null,
            1 => _senders[0],
            var count => _senders[_random.Next(count)],
        };
    }

    private IpPort? FindTarget()
    {
        var book = _world.Traffic.Book;
        if (_targetsRevision != book.Revision)
        {
            _targetsRevision = book.Revision;
            _targets = LoadTargets.Of(_target, book);
        }
        return _targets.Count switch
        {
            0 => null,
            1 => _targets[0],
            var count => _targets[_random.Next(count)],
        };
    }
}
