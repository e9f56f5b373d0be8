using System.Reflection;

namespace ClusterEmu.Api.Tests;

/// <summary><c>kubectl explain</c> has something to say of every type and every field that is served.</summary>
public class FieldDocsTests
{
    [Fact]
    public void EveryFieldOfEveryServedKindIsDocumented()
    {
        var missing = new List<string>();
        var seen = new HashSet<Type>();
        var todo = new Queue<Type>(KindCatalog.All.Concat(KindCatalog.BuiltIn.Transient).Select(kind => kind.ClrType).Append(typeof(DeleteOptions)));
        while (todo.TryDequeue(out var type))
        {
            if (!seen.Add(type)) continue;
            if (type.GetCustomAttribute<DocAttribute>() is null) missing.Add(type.Name);
            foreach (var field in RecordSchema.Of(type).Fields)
            {
                if (string.IsNullOrWhiteSpace(field.Doc) && field.JsonName is not ("kind" or "apiVersion") || field.Doc?.EndsWith('.') == false)
                    missing.Add($"{type.Name}.{field.JsonName}");
                var value = field.Value;
                while (value.Item is not null) value = value.Item;
                if (value.RecordType is not null) todo.Enqueue(value.RecordType);
            }
        }
        Assert.True(missing.Count == 0, $"kubectl explain has no sentence for {string.Join(", ", missing)}. Put [Doc(\"…\")] on each: what it means, its default and bounds, in your own words, with a full stop.");
        Assert.True(seen.Count > 250, $"Only {seen.Count} records were looked at.");
    }
}
