using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Where a list goes on: the revision of its first chunk and the last key given. Opaque to clients.</summary>
/// <remarks>Source of the form: k8s.io/apiserver storage/continue.go.</remarks>
internal sealed record ContinueToken(long Revision, ObjectKey Last)
{
    private const string Version = "meta.k8s.io/v1";

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
        try
        {
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(text));
            var root = document.RootElement;
            var start = root.GetProperty("start").GetString()!.TrimEnd('\0');
            if (root.GetProperty("v").GetString() != Version) throw Invalid("server does not recognize this encoded version");
            var slash = start.IndexOf('/', StringComparison.Ordinal);
            return new ContinueToken(root.GetProperty("rv").GetInt64(), slash < 0 ? new ObjectKey("", start) : new ObjectKey(start[..slash], start[(slash + 1)..]));
        }
        catch (Exception problem) when (problem is FormatException or JsonException or KeyNotFoundException or InvalidOperationException or DecoderFallbackException)
        {
            throw Invalid(problem.Message);
        }
    }

    private static ApiException Invalid(string why) => Refuse.BadRequest($"invalid continue token: continue key is not valid: {why}");
}
