using System.Globalization;

namespace ClusterEmu.Cli.Checks.Fuzz;

/// <summary>Makes the requests of a run; the same seed makes the same ones.</summary>
internal sealed class FuzzGenerator
{
    private static readonly string[] Methods = ["OPTIONS", "TRACE", "CONNECT", "HEAD", "get", "FOO", "PROPFIND", "X"];

    private static readonly string[] Accepts =
    [
        "application/json", "*/*", "application/yaml", "application/json;as=Table;v=v1;g=meta.k8s.io", "application/json;as=PartialObjectMetadata;v=v1;g=meta.k8s.io", "text/html", "application/vnd.kubernetes.protobuf", "application/json;as=Nosuch",
        ";;;", "application/json;q=0", "a/b;c=d;e", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json", "application/cbor", "\u00e4/\u00f6",
    ];

    private readonly Random _random;
    private readonly FuzzTargets _targets;
    private readonly FuzzBodies _bodies;
    private long _number;

    public FuzzGenerator(int seed)
    {
        _random = new Random(seed);
        _targets = new FuzzTargets(_random);
        _bodies = new FuzzBodies(_random);
    }

    public FuzzRequest Next()
    {
        _number++;
        var kind = FuzzKinds.All[_random.Next(FuzzKinds.All.Count)];
        var request = _random.Next(100) switch
        {
            < 30 => Create(kind),
            < 42 => Update(kind),
            < 56 => Patch(kind),
            < 74 => Read(kind),
            < 84 => Delete(kind),
            < 90 => Make("nowhere", "GET", _targets.Nowhere() + _targets.Query(list: true)),
            < 93 => Make("monster", _random.Next(2) == 0 ? "POST" : "PUT", _targets.Path(kind, named: _random.Next(2) == 0), _bodies.Monster(), "application/json"),
            < 95 => Make("method", Methods[_random.Next(Methods.Length)], _targets.Path(kind, named: true)) with { BreaksHttp = true },
            < 97 => Make("accept", "GET", _targets.Path(kind, named: _random.Next(2) == 0)) with { Headers = [("Accept", Accepts[_random.Next(Accepts.Length)])] },
            < 98 => Framing(kind),
            _ => Headers(kind),
        };
        return request with { Delivery = Deliver(request) };
    }

    private FuzzRequest Create(FuzzKind kind)
    {
        var path = _targets.Path(kind, named: _random.Next(20) == 0) + _targets.Query(list: false);
        return _random.Next(8) switch
        {
            0 => Make("create yaml", "POST", path, _bodies.Yaml(kind), "application/yaml"),
            1 => Make("create protobuf", "POST", path, _bodies.Protobuf(), "application/vnd.kubernetes.protobuf"),
            _ => Make("create", "POST", path, _bodies.Json(kind), "application/json"),
        };
    }

    private FuzzRequest Update(FuzzKind kind) => Make("update", "PUT", _targets.Path(kind, named: _random.Next(15) > 0) + _targets.Query(list: false), _bodies.Json(kind), "application/json");

    private FuzzRequest Patch(FuzzKind kind)
    {
        var (body, type) = _bodies.Patch(kind);
        return Make("patch", "PATCH", _targets.Path(kind, named: _random.Next(15) > 0) + _targets.Query(list: false), body, type);
    }

    private FuzzRequest Read(FuzzKind kind)
    {
        var named = _random.Next(2) == 0;
        return Make("read", "GET", _targets.Path(kind, named) + _targets.Query(list: !named));
    }

    private FuzzRequest Delete(FuzzKind kind)
    {
        var named = _random.Next(6) > 0;
        var body = _random.Next(3) == 0 ? _bodies.Json(kind) : _random.Next(2) == 0 ? """{"kind":"DeleteOptions","apiVersion":"v1","gracePeriodSeconds":0,"propagationPolicy":"Background"}"""u8.ToArray() : [];
        return Make("delete", "DELETE", _targets.Path(kind, named) + _targets.Query(list: !named), body, "application/json");
    }

    /// <summary>What HTTP itself forbids, or nearly.</summary>
    private FuzzRequest Framing(FuzzKind kind)
    {
        var path = _targets.Path(kind, named: false);
        var request = Make("framing", "POST", path, _bodies.Json(kind), "application/json") with { BreaksHttp = true };
        return _random.Next(6) switch
        {
            0 => request with { Headers = [("Content-Length", "5"), ("Content-Length", "7")] },
            1 => request with { Headers = [("Transfer-Encoding", "chunked"), ("X-Body", "none")], Body = "zz\r\nnot a chunk\r\n"u8.ToArray() },
            2 => request with { Headers = [("Content-Length", "-1")] },
            3 => request with { Headers = [("Content-Encoding", "gzip"), ("Content-Type", "application/json")] },
            4 => request with { Headers = [("Expect", "100-continue"), ("Content-Type", "application/json")] },
            _ => request with { Target = path + " extra words" },
        };
    }

    private FuzzRequest Headers(FuzzKind kind)
    {
        var headers = Enumerable.Range(0, _random.Next(1, 300)).Select(i => (string.Create(CultureInfo.InvariantCulture, $"X-{i}"), new string('h', _random.Next(0, 400)))).ToList();
        return Make("headers", "GET", _targets.Path(kind, named: true)) with { Headers = headers, BreaksHttp = true };
    }

    private FuzzRequest Make(string what, string method, string target, byte[]? body = null, string? type = null) =>
        new(_number, what, method, target, string.IsNullOrEmpty(type) ? [] : [("Content-Type", type)], body ?? [], FuzzDelivery.Whole);

    private FuzzDelivery Deliver(FuzzRequest request) => (_random.Next(400), request.Body.Length > 0) switch
    {
        (0, true) => FuzzDelivery.Abandoned,
        ( < 6, true) => FuzzDelivery.CutOff,
        ( < 10, true) => FuzzDelivery.Slow,
        _ => FuzzDelivery.Whole,
    };
}
