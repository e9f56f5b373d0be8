using System.Text.Json.Nodes;

namespace ClusterEmu.Api.Tests;

internal static class JsonDifference
{
    /// <summary>Adds a line for each place where the documents differ; the order of an object's members does not count.</summary>
    public static void Find(JsonNode? wanted, JsonNode? got, string path, List<string> differences)
    {
        if (wanted is JsonObject wantedMap && got is JsonObject gotMap)
        {
            foreach (var key in wantedMap.Select(pair => pair.Key).Union(gotMap.Select(pair => pair.Key)))
            {
                if (!wantedMap.ContainsKey(key)) differences.Add($"{path}.{key}: should be absent, is {gotMap[key]?.ToJsonString() ?? "null"}");
                else if (!gotMap.ContainsKey(key)) differences.Add($"{path}.{key}: is absent, should be {wantedMap[key]?.ToJsonString() ?? "null"}");
                else Find(wantedMap[key], gotMap[key], $"{path}.{key}", differences);
            }
        }
        else if (wanted is JsonArray wantedList && got is JsonArray gotList && wantedList.Count == gotList.Count)
        {
            for (var index = 0; index < wantedList.Count; index++) Find(wantedList[index], gotList[index], $"{path}[{index}]", differences);
        }
        else if (!JsonNode.DeepEquals(wanted, got))
        {
            differences.Add($"{path}: should be {wanted?.ToJsonString() ?? "null"}, is {got?.ToJsonString() ?? "null"}");
        }
    }

    /// <summary>Fails with all differences.</summary>
    public static void AssertSame(string wanted, string got)
    {
        var differences = new List<string>();
        Find(JsonNode.Parse(wanted), JsonNode.Parse(got), "", differences);
        Assert.True(differences.Count == 0, string.Join('\n', differences));
    }
}
