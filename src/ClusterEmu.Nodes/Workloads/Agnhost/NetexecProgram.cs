using System.Globalization;
using System.Text;
using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary><c>agnhost netexec [--http-port 8080] [--udp-port 8081]</c>: tells who serves and who asks, over HTTP and UDP.</summary>
/// <remarks>Not emulated yet: <c>/dial</c>, <c>/shell</c> and <c>/upload</c>, which answer 501. SCTP is not served.</remarks>
public static class NetexecProgram
{
    public static ContainerPlan Plan(IReadOnlyList<string> line)
    {
        var http = Programs.PortFlag(line, "--http-port", 8080);
        var udp = Programs.PortFlag(line, "--udp-port", 8081);
        var tls = Programs.Flag(line, "--tls-cert-file") is { Length: > 0 };
        var listeners = new List<ListenerPlan>();
        if (http > 0) listeners.Add(tls ? ListenerPlan.ForHttps(http, Answer) : ListenerPlan.ForHttp(http, Answer));
        if (udp > 0) listeners.Add(ListenerPlan.ForDatagrams(udp, AnswerDatagram));
        // The program leaves SIGTERM to Go's runtime, which ends it with code 2.
        return new ContainerPlan { Listeners = listeners, StopCode = 2 };
    }

    public static HttpAnswer Answer(in HttpAsk ask, ContainerFacts facts) => ask.Path switch
    {
        "/hostname" or "/hostName" => HttpAnswer.Text(facts.Hostname),
        "/clientip" => HttpAnswer.Text(ask.Client.ToString()),
        "/healthz" => HttpAnswer.Text(""),
        "/echo" => Echo(ask),
        "/header" => HttpAnswer.Text(ask.Header(ask.Parameter("key"))),
        "/redirect" => Redirect(ask),
        "/exit" => Exit(ask),
        "/shutdown" => HttpAnswer.Text("") with { Exit = new ProcessExit(TimeSpan.Zero, 0) },
        "/dial" or "/shell" or "/upload" => HttpAnswer.Text($"{ask.Path} is not emulated by this netexec. It serves /hostname, /clientip, /echo, /header, /healthz, /redirect, /exit.\n", 501),
        _ => HttpAnswer.Text(Now(ask.Now)),
    };

    public static ReadOnlyMemory<byte>? AnswerDatagram(ReadOnlyMemory<byte> payload, IpPort client, ContainerFacts facts)
    {
        var text = Encoding.UTF8.GetString(payload.Span).Trim();
        var answer = text.StartsWith("echo ", StringComparison.OrdinalIgnoreCase) ? text["echo ".Length..]
            : text.Equals("hostname", StringComparison.OrdinalIgnoreCase) ? facts.Hostname
            : text.Equals("clientip", StringComparison.OrdinalIgnoreCase) ? client.ToString()
            : null;
        if (answer is null) return null;
        return Encoding.UTF8.GetBytes(answer);
    }

    /// <summary>As Go prints a time: <c>NOW: 2030-01-01 00:00:00.000001 +0000 UTC</c>.</summary>
    /// <remarks>The answer to most requests of any load, so by the format "u", which .NET writes much faster than one of our own.</remarks>
    private static string Now(DateTimeOffset now)
    {
        return string.Create("NOW: 2030-01-01 00:00:00.000001 +0000 UTC".Length, now, static (text, now) =>
        {
            "NOW: ".CopyTo(text);
            now.TryFormat(text[5..], out _, "u", CultureInfo.InvariantCulture); // It ends with a Z, where the point comes.
            text[24] = '.';
            var microseconds = (uint)(now.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
            for (var place = 30; place > 24; place--, microseconds /= 10) text[place] = (char)('0' + (microseconds % 10));
            " +0000 UTC".CopyTo(text[31..]);
        });
    }

    private static HttpAnswer Echo(in HttpAsk ask)
    {
        var code = ask.Parameter("code");
        if (code.Length == 0) return HttpAnswer.Text(ask.Parameter("msg"));
        return int.TryParse(code, out var number) && number is >= 200 and <= 599
            ? HttpAnswer.Text(ask.Parameter("msg"), number)
            : HttpAnswer.Text($"argument 'code' must be an integer or empty, got \"{code}\"\n");
    }

    private static HttpAnswer Redirect(in HttpAsk ask)
    {
        var location = ask.Parameter("location");
        var code = int.TryParse(ask.Parameter("code"), out var number) && number is >= 300 and <= 399 ? number : 302;
        return location.Length == 0
            ? HttpAnswer.Text("location parameter is missing\n", 400)
            : HttpAnswer.Text("", code) with { Headers = [new("Location", location)] };
    }

    private static HttpAnswer Exit(in HttpAsk ask)
    {
        var code = ask.Parameter("code");
        if (code.Length == 0) code = "0";
        if (!int.TryParse(code, out var number) || number is < 0 or > 127)
            return HttpAnswer.Text($"argument 'code' must be an integer [0-127] or empty, got \"{code}\"\n");
        var wait = ask.Parameter("wait");
        var pause = wait.Length == 0 ? TimeSpan.Zero : Programs.SleepTime(["sleep", wait]);
        return pause is null
            ? HttpAnswer.Text($"argument 'wait' must be a valid golang duration or empty, got \"{wait}\"\n")
            : HttpAnswer.Text("") with { Exit = new ProcessExit(pause.Value, number) };
    }
}
