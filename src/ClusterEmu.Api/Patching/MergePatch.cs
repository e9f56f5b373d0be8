using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>JSON merge patch (RFC 7386): null deletes, objects merge, everything else replaces.</summary>
public static class MergePatch
{
    /// <param name="target">The object's JSON.</param>
    /// <param name="patch">The patch, a JSON object.</param>
    /// <exception cref="PatchException">The patch is no JSON object.</exception>
    public static byte[] Apply(ReadOnlySpan<byte> target, ReadOnlySpan<byte> patch)
    {
        var merged = PatchText.ReadObject(target);
        Merge(merged, PatchText.ReadPatch(patch));
        return PatchText.Write(merged);
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject members)
            {
                if (target[name] is not JsonObject inner) target[name] = inner = [];
                Merge(inner, members);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
