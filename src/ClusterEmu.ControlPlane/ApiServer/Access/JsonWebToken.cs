using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>JSON Web Tokens in their compact form (RFC 7519): header, claims and signature. Knows one key.</summary>
internal static class JsonWebToken
{
    private const int MaxLength = 16 * 1024;

    /// <param name="key">It signs.</param>
    /// <param name="writeClaims">Writes the members of the claims object.</param>
    public static string Make(ITokenKey key, Action<Utf8JsonWriter> writeClaims)
    {
        var header = Encode(writer =>
        {
            writer.WriteString("alg", key.Algorithm);
            writer.WriteString("kid", key.Id);
        });
        var text = $"{header}.{Encode(writeClaims)}";
        return $"{text}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    /// <summary>The claims of a token that this key signed; null for any other text.</summary>
    public static JsonDocument? Read(ITokenKey key, string token)
    {
        if (token.Length > MaxLength) return null;
        var first = token.IndexOf('.', StringComparison.Ordinal);
        var last = token.LastIndexOf('.');
        if (first < 0 || last == first || token.AsSpan(first + 1, last - first - 1).Contains('.')) return null;
        try
        {
            using (var header = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(0, first))))
            {
                if (!header.RootElement.TryGetProperty("alg", out var algorithm) || algorithm.GetString() != key.Algorithm) return null;
            }
            if (!key.Verify(Encoding.ASCII.GetBytes(token[..last]), Base64Url.DecodeFromChars(token.AsSpan(last + 1)))) return null;
            var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(token.AsSpan(first + 1, last - first - 1)));
            if (claims.RootElement.ValueKind == JsonValueKind.Object) return claims;
            claims.Dispose();
            return null;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Encode(Action<Utf8JsonWriter> write)
    {
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }
        return Base64Url.EncodeToString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }
}
