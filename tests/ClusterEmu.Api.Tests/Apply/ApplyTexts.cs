using System.Text;
using System.Text.Json;

namespace ClusterEmu.Api.Tests;

/// <summary>Sets, values and managers as texts.</summary>
internal static class ApplyTexts
{
    public static readonly DateTimeOffset Then = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 4, 0, 0, TimeSpan.Zero);

    /// <param name="json">FieldsV1, with apostrophes for quotes outside of steps.</param>
    public static FieldSet Set(string json) => FieldSetJson.Decode(Encoding.UTF8.GetBytes(json));

    public static string Text(FieldSet set) => Encoding.UTF8.GetString(FieldSetJson.Encode(set));

    public static JsonElement Json(string json) => JsonElement.Parse(json);

    /// <summary>An object with the defaults of its kind, as canonical JSON.</summary>
    public static byte[] Canonical(KindInfo kind, string json) => kind.Encode(kind.WithDefaults(kind.Decode(Encoding.UTF8.GetBytes(json))));

    public static ManagedFields Managed(string json) => ManagedFields.Of(Encoding.UTF8.GetBytes(json));

    public static string Text(ManagedFields managed) => Encoding.UTF8.GetString(managed.Json.Span);

    /// <summary>One entry each: <c>manager operation[/subresource] fields</c>.</summary>
    public static string Summary(ManagedFields managed) => string.Join('\n', managed.Entries().Select(entry =>
        $"{entry.Manager} {entry.Operation}{(entry.Subresource.Length > 0 ? "/" + entry.Subresource : "")} {entry.FieldsV1}"));
}
