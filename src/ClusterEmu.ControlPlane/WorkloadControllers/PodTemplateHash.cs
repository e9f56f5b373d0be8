using System.Globalization;
using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane;

/// <summary>Tells Pod templates apart. Pure. Source of the format: pkg/controller/controller_utils.go, ComputeHash.</summary>
public static class PodTemplateHash
{
    public const string Label = "pod-template-hash";

    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>The hash as it stands in names and labels: the digits of a 32-bit FNV-1a in letters that spell no words.</summary>
    /// <param name="template">The template; a hash label in it does not count.</param>
    /// <param name="collisions">How often the result met a ReplicaSet of another template.</param>
    public static string Of(PodTemplateSpec template, int? collisions)
    {
        var hash = 2166136261u;
        foreach (var value in ApiJson.Encode(Bare(template))) hash = (hash ^ value) * 16777619;
        if (collisions is { } count)
        {
            foreach (var value in BitConverter.GetBytes(count)) hash = (hash ^ value) * 16777619;
        }
        // As many characters as the number has digits: mostly ten.
        return string.Concat(hash.ToString(CultureInfo.InvariantCulture).Select(digit => Alphabet[digit % Alphabet.Length]));
    }

    /// <summary>Whether two templates make equal Pods.</summary>
    public static bool Same(PodTemplateSpec left, PodTemplateSpec right) => ApiText.Same(Bare(left), Bare(right));

    private static PodTemplateSpec Bare(PodTemplateSpec template) => !template.Metadata.Labels.ContainsKey(Label)
        ? template
        : template with { Metadata = template.Metadata with { Labels = template.Metadata.Labels.With(Label, null) } };
}
