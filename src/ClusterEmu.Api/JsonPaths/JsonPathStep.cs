using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>One step of a <see cref="JsonPath"/>.</summary>
internal abstract record JsonPathStep
{
    private JsonPathStep()
    {
    }

    public abstract IEnumerable<JsonElement> From(JsonElement value);

    public sealed record Field(string Name) : JsonPathStep
    {
        public override IEnumerable<JsonElement> From(JsonElement value) =>
            value.ValueKind == JsonValueKind.Object && value.TryGetProperty(Name, out var found) ? [found] : [];
    }

    /// <summary>Every field or item.</summary>
    public sealed record All : JsonPathStep
    {
        public override IEnumerable<JsonElement> From(JsonElement value) => Below(value);
    }

    /// <summary>The value, and everything below it.</summary>
    public sealed record Descend : JsonPathStep
    {
        public override IEnumerable<JsonElement> From(JsonElement value) => Below(value).SelectMany(From).Prepend(value);
    }

    /// <summary>Items from one index to another; negative ones count from the end.</summary>
    public sealed record Slice(int? From_, int? To, int Step) : JsonPathStep
    {
        public override IEnumerable<JsonElement> From(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Array) yield break;
            var length = value.GetArrayLength();
            var (from, to) = (At(From_ ?? 0, length), At(To ?? length, length));
            for (var i = Math.Max(from, 0); i < Math.Min(to, length); i += Step) yield return value[i];
        }
    }

    public sealed record Index(int At_) : JsonPathStep
    {
        public override IEnumerable<JsonElement> From(JsonElement value)
        {
            if (value.ValueKind != JsonValueKind.Array) return [];
            var length = value.GetArrayLength();
            var at = At(At_, length);
            return at >= 0 && at < length ? [value[at]] : [];
        }
    }

    /// <summary>What any of several paths leads to, in their order.</summary>
    public sealed record Union(IReadOnlyList<JsonPathStep> Steps) : JsonPathStep
    {
        public override IEnumerable<JsonElement> From(JsonElement value) => Steps.SelectMany(step => step.From(value));
    }

    /// <summary>Items for which a comparison holds; without operator, those for which <paramref name="Left"/> leads somewhere.</summary>
    public sealed record Filter(JsonPathOperand Left, string Operator, JsonPathOperand? Right) : JsonPathStep
    {
        public override IEnumerable<JsonElement> From(JsonElement value) =>
            value.ValueKind == JsonValueKind.Array ? value.EnumerateArray().Where(Holds) : [];

        private bool Holds(JsonElement item)
        {
            var left = Left.Of(item);
            if (Right is null) return left is not null;
            var right = Right.Of(item);
            if (left is not { } one || right is not { } other) return false;
            return Operator switch
            {
                "==" => JsonTree.Same(one, other),
                "!=" => !JsonTree.Same(one, other),
                _ => Compare(one, other) is { } order && Operator switch { "<" => order < 0, "<=" => order <= 0, ">" => order > 0, _ => order >= 0 },
            };
        }

        private static int? Compare(JsonElement left, JsonElement right) => (left.ValueKind, right.ValueKind) switch
        {
            (JsonValueKind.Number, JsonValueKind.Number) => left.GetDouble().CompareTo(right.GetDouble()),
            (JsonValueKind.String, JsonValueKind.String) => string.CompareOrdinal(left.GetString(), right.GetString()),
            _ => null,
        };
    }

    private static int At(int index, int length) => index < 0 ? length + index : index;

    private static IEnumerable<JsonElement> Below(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().Select(member => member.Value),
        JsonValueKind.Array => value.EnumerateArray(),
        _ => [],
    };
}

/// <summary>One side of a filter: a path from the item, or a constant.</summary>
internal sealed record JsonPathOperand(IReadOnlyList<JsonPathStep>? Steps, JsonElement Constant)
{
    public JsonElement? Of(JsonElement item)
    {
        if (Steps is null) return Constant;
        foreach (var found in Steps.Aggregate((IEnumerable<JsonElement>)[item], (all, step) => all.SelectMany(step.From))) return found;
        return null;
    }
}
