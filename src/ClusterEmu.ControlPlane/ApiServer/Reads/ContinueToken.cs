using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Where a list goes on: the revision of its first chunk and the last key given. Opaque to clients.</summary>
/// <remarks>Source of the form and of the refusals: k8s.io/apiserver storage/continue.go.</remarks>
/// <param name="Revision">The state that the list shows; <see cref="Newest"/> for whatever is there.</param>
/// <param name="Last">The last object given.</param>
internal sealed record ContinueToken(long Revision, ObjectKey Last)
{
    /// <summary>Stands for no particular revision: the list goes on in the newest state.</summary>
    public const long Newest = -1;

    private const string Version = "meta.k8s.io/v1";
    private const string Invalid = "continue key is not valid";

    public bool IsInconsistent => Revision < 0;

    public string Encode()
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("v", Version);
            writer.WriteNumber("rv", Revision);
            writer.WriteString("start", Last.Namespace.Length == 0 ? Last.Name + "\0" : $"{Last.Namespace}/{Last.Name}\0");
            writer.WriteEndObject();
        }
        return Base64Url.EncodeToString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <exception cref="ApiException">400: the text is no token of this server.</exception>
    public static ContinueToken Parse(string text)
    {
        string version, start;
        long revision;
        try
        {
            var json = Base64Url.DecodeFromChars(text);
            if (GoJsonSyntax.FindProblem(json) is { } malformed) throw Refused($"{Invalid}: {malformed}");
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            version = Text(root, "v");
            start = Text(root, "start");
            revision = root.TryGetProperty("rv", out var number) ? number.GetInt64() : 0;
        }
        catch (Exception problem) when (problem is FormatException or JsonException or InvalidOperationException or DecoderFallbackException)
        {
            throw Refused($"{Invalid}: {problem.Message}");
        }
        if (version != Version) throw Refused($"{Invalid}: server does not recognize this encoded version");
        if (revision == 0) throw Refused($"{Invalid}: incorrect encoded start resourceVersion (version {Version})");
        if (start.Length == 0) throw Refused($"{Invalid}: encoded start key empty (version {Version})");
        var parts = start.TrimEnd('\0').Split('/');
        // A key that leads elsewhere, or is longer than any that was given out.
        if (parts.Length > 2 || parts.Any(part => part is "" or "." or "..")) throw Refused($"{Invalid}: {start}");
        return new ContinueToken(revision, parts.Length == 1 ? new ObjectKey("", parts[0]) : new ObjectKey(parts[0], parts[1]));
    }

    private static string Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static ApiException Refused(string why) => Refuse.BadRequest($"invalid continue token: {why}");
}
