using System.Text;
using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>A behavior as autoscaling/v1 writes it into an annotation: Kubernetes' internal type, whose fields are named as in Go.</summary>
/// <remarks>Source: pkg/apis/autoscaling/v1/conversion.go. Names are read in any case, as Go reads them.</remarks>
internal static class AutoscalerBehaviorText
{
    public static string Write(HorizontalPodAutoscalerBehavior behavior) => Encoding.UTF8.GetString(PatchText.Write(new JsonObject
    {
        ["ScaleUp"] = Rules(behavior.ScaleUp),
        ["ScaleDown"] = Rules(behavior.ScaleDown),
    }));

    public static HorizontalPodAutoscalerBehavior? Read(JsonNode? json) => json is null
        ? null
        : ApiJson.Decode<HorizontalPodAutoscalerBehavior>(PatchText.Write(Renamed(json)!));

    private static JsonObject? Rules(HPAScalingRules? rules) => rules is null ? null : new JsonObject
    {
        ["StabilizationWindowSeconds"] = rules.StabilizationWindowSeconds,
        ["SelectPolicy"] = rules.SelectPolicy,
        ["Policies"] = new JsonArray([.. rules.Policies.Select(policy => (JsonNode)new JsonObject
        {
            ["Type"] = policy.Type,
            ["Value"] = policy.Value,
            ["PeriodSeconds"] = policy.PeriodSeconds,
        })]),
    };

    private static JsonNode? Renamed(JsonNode? json) => json switch
    {
        JsonObject map => new JsonObject(map.Select(pair => KeyValuePair.Create(char.ToLowerInvariant(pair.Key[0]) + pair.Key[1..], Renamed(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Renamed)]),
        _ => json?.DeepClone(),
    };
}
