using ClusterEmu.Network;

namespace ClusterEmu.Nodes;

/// <summary>An HTTP request as an emulated program sees it.</summary>
/// <param name="Method">In capitals: <c>GET</c>.</param>
/// <param name="Path">Decoded, begins with a slash: <c>/healthz</c>.</param>
/// <param name="Query">As sent, without the question mark; may be empty.</param>
/// <param name="Headers">In the order sent.</param>
/// <param name="Client">Whom the connection comes from, as the server sees it.</param>
/// <param name="Now">The server's clock.</param>
public readonly record struct HttpAsk(
    string Method,
    string Path,
    string Query,
    IReadOnlyList<KeyValuePair<string, string>> Headers,
    IpPort Client,
    DateTimeOffset Now)
{
    /// <summary>The first header of that name in any case; empty if there is none.</summary>
    public string Header(string name)
    {
        foreach (var (key, value) in Headers)
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase)) return value;
        }

        return "";
    }

    /// <summary>The first value of a query parameter, decoded; empty if there is none.</summary>
    public string Parameter(string name)
    {
        foreach (var pair in Query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=');
            var key = equals < 0 ? pair : pair[..equals];
            if (Decode(key) == name) return equals < 0 ? "" : Decode(pair[(equals + 1)..]);
        }

        return "";
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}

/// <summary>What an emulated program answers. The transport adds Date and Content-Length and nothing else.</summary>
public sealed record HttpAnswer(int Code, string ContentType, string Body)
{
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Set if the request ends the program; without delay, the client gets a closed connection instead of the answer.</summary>
    public ProcessExit? Exit { get; init; }

    /// <summary>Whether HTTP lets this code have a body: not 1xx, 204 and 304.</summary>
    public bool HasBody => Code is not (< 200 or 204 or 304);

    /// <summary>As Go's HTTP server labels text.</summary>
    public static HttpAnswer Text(string body, int code = 200) => new(code, "text/plain; charset=utf-8", body);
}

/// <param name="After">From now, 0 or more.</param>
/// <param name="Code">0 to 255.</param>
public readonly record struct ProcessExit(TimeSpan After, int Code);

/// <summary>Answers one HTTP request. Pure: equal inputs, equal answers.</summary>
public delegate HttpAnswer HttpResponder(in HttpAsk ask, ContainerFacts facts);

/// <summary>Answers one datagram, or nothing (null). Pure.</summary>
public delegate ReadOnlyMemory<byte>? DatagramResponder(ReadOnlyMemory<byte> payload, IpPort client, ContainerFacts facts);

/// <summary>What a program greets a raw TCP client with before it closes.</summary>
public delegate string Greeting(IpPort client, ContainerFacts facts);
