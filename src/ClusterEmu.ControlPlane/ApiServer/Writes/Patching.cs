using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Applies a patch document to an object's JSON.</summary>
internal static class Patching
{
    /// <summary>False if the patch surely neither reads nor changes <c>metadata.managedFields</c>: its text does not mention them, nor what they are in as a whole.</summary>
    public static bool MayTouchManagers(ApiRequest request)
    {
        var patch = request.Patch.Span;
        if (patch.IndexOf("managedFields"u8) >= 0 || patch.IndexOf((byte)'\\') >= 0) return true;
        return request.PatchFormat == PatchFormat.Json
            ? patch.IndexOf("\"/metadata\""u8) >= 0 || patch.IndexOf("\"\""u8) >= 0
            : patch.IndexOf("$"u8) >= 0; // Directives may replace the metadata as a whole.
    }

    /// <summary>The object that the patch makes of <paramref name="current"/>, and warnings about fields that it does not have.</summary>
    /// <exception cref="ApiException">The patch cannot be applied, or its format is not served.</exception>
    /// <exception cref="ObjectDecodingException">What it makes is no such object.</exception>
    public static (IKubeObject Value, IReadOnlyList<string> Warnings) Apply(KindInfo kind, ApiRequest request, ReadOnlySpan<byte> current)
    {
        var patch = request.Patch.Span;
        byte[] patched;
        try
        {
            patched = request.PatchFormat switch
            {
                PatchFormat.Json => JsonPatch.Apply(current, patch),
                PatchFormat.Merge => MergePatch.Apply(current, patch),
                PatchFormat.StrategicMerge => StrategicMergePatch.Apply(kind, current, patch),
                _ => throw Refuse.UnsupportedMediaType(
                    "application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json"),
            };
        }
        catch (PatchException refused)
        {
            throw refused.Code switch
            {
                413 => Refuse.TooLarge(refused.Message),
                422 => Refuse.PatchRefused(refused.Message),
                _ => Refuse.BadRequest(refused.Message),
            };
        }
        return RequestBody.Decode(kind, patched, request.FieldValidation);
    }
}
