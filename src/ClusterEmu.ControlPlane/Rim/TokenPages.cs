using System.Text;
using ClusterEmu.ControlPlane.ApiServer;
using Microsoft.AspNetCore.Http;

namespace ClusterEmu.ControlPlane;

/// <summary>What others need to check the tokens of service accounts themselves (OpenID Connect discovery). Source: KEP-1393.</summary>
internal sealed class TokenPages(ServiceAccountTokens tokens)
{
    public const string Configuration = "/.well-known/openid-configuration";
    public const string Keys = "/openid/v1/jwks";

    /// <summary>Answers if the path is one of the two; else null.</summary>
    public Task? Answer(HttpContext context, string path)
    {
        if (path is not (Configuration or Keys)) return null;
        if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method)) throw Refuse.MethodNotAllowed();
        context.Response.Headers.CacheControl = "public, max-age=3600";
        if (path == Keys) return HttpAnswers.BytesAsync(context, 200, "application/jwk-set+json", tokens.Key.PublicKeySet());
        return HttpAnswers.BytesAsync(context, 200, "application/json", Encoding.UTF8.GetBytes(
            $$"""{"issuer":"{{ServiceAccountTokens.Issuer}}","jwks_uri":"https://{{context.Request.Host}}{{Keys}}","response_types_supported":["id_token"],"subject_types_supported":["public"],"id_token_signing_alg_values_supported":["{{tokens.Key.Algorithm}}"]}"""));
    }
}
