using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Whether a value fits its type. Used on what somebody applies: there fields that nobody knows cannot be owned.</summary>
/// <remarks>Source and wording: sigs.k8s.io/structured-merge-diff, typed/validate.</remarks>
public static class TypedValidation
{
    private const int MostProblems = 100;

    /// <summary>All problems as one message; null if there are none.</summary>
    public static string? Problem(JsonElement value, FieldType type)
    {
        var problems = new List<string>();
        Check(value, type, "", problems);
        return problems.Count switch
        {
            0 => null,
            1 => problems[0],
            _ => "errors:\n" + string.Join('\n', problems.Select(problem => "  " + problem)),
        };
    }

    private static void Check(JsonElement value, FieldType type, string path, List<string> problems)
    {
        if (problems.Count >= MostProblems) return;
        switch (FieldForms.Of(type, value))
        {
            case FieldForm.Map when value.ValueKind == JsonValueKind.Object:
                Members(value, type.Map!, path, problems);
                break;
            case FieldForm.Map when value.ValueKind != JsonValueKind.Null:
                Report(problems, path, $"expected map, got &{{{GoText(value)}}}");
                break;
            case FieldForm.List when value.ValueKind == JsonValueKind.Array:
                Items(value, type.List!, path, problems);
                break;
            case FieldForm.List when value.ValueKind != JsonValueKind.Null:
                Report(problems, path, $"expected list, got &{{{GoText(value)}}}");
                break;
            case FieldForm.Scalar when value.ValueKind != JsonValueKind.Null:
                if (ScalarProblem(value, type.Scalar!.Value) is { } problem) Report(problems, path, problem);
                break;
            default:
                break; // Null stands for any value left out.
        }
    }

    private static void Members(JsonElement value, MapType map, string path, List<string> problems)
    {
        foreach (var member in value.EnumerateObject())
        {
            var below = $"{path}.{member.Name}";
            if ((map.Find(member.Name)?.Type ?? map.Entries) is { } type) Check(member.Value, type, below, problems);
            else Report(problems, below, "field not declared in schema");
        }
    }

    private static void Items(JsonElement value, ListType list, string path, List<string> problems)
    {
        var (seen, index) = (new HashSet<PathElement>(), 0);
        foreach (var item in value.EnumerateArray())
        {
            var place = index++;
            if (list.Form == ListForm.Atomic)
            {
                Check(item, list.Items, $"{path}[{place}]", problems);
                continue;
            }
            if (ListItems.ElementOf(list, item, out var problem) is not { } element)
            {
                Report(problems, path, $"element {place}: {problem}");
                continue;
            }
            if (!seen.Add(element)) Report(problems, path, $"duplicate entries for key {element}");
            Check(item, list.Items, path + element, problems);
        }
    }

    private static string? ScalarProblem(JsonElement value, ScalarForm wanted) => wanted switch
    {
        ScalarForm.Number when value.ValueKind != JsonValueKind.Number => $"expected numeric (int or float), got {GoType(value)}",
        ScalarForm.Text when value.ValueKind != JsonValueKind.String => $"expected string, got &value.valueUnstructured{{Value:{GoText(value)}}}",
        ScalarForm.Truth when value.ValueKind is not (JsonValueKind.True or JsonValueKind.False) => $"expected boolean, got &{{{GoText(value)}}}",
        ScalarForm.Any when value.ValueKind is JsonValueKind.Object or JsonValueKind.Array => $"expected scalar, got {GoText(value)}",
        _ => null,
    };

    private static void Report(List<string> problems, string path, string problem)
    {
        if (problems.Count < MostProblems) problems.Add(path.Length == 0 ? problem : $"{path}: {problem}");
    }

    private static string GoType(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => "string",
        JsonValueKind.Object => "map[string]interface {}",
        JsonValueKind.Array => "[]interface {}",
        _ => "bool",
    };

    /// <summary>A value as Go prints it (<c>%v</c>).</summary>
    private static string GoText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Null => "<nil>",
        JsonValueKind.Object => $"map[{string.Join(' ', value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{member.Name}:{GoText(member.Value)}"))}]",
        JsonValueKind.Array => $"[{string.Join(' ', value.EnumerateArray().Select(GoText))}]",
        _ => value.GetRawText(),
    };
}
