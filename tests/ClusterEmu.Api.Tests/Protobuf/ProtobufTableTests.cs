using System.Reflection;

namespace ClusterEmu.Api.Tests;

/// <summary>The table and the records describe the same objects.</summary>
public class ProtobufTableTests
{
    /// <summary>Where the two may differ, and why.</summary>
    private static readonly Dictionary<string, string> Expected = new(StringComparer.Ordinal)
    {
        ["ServiceSpec.topologyKeys: not in the table"] = "Kubernetes 1.20 had it, under number 16; 1.32 does not",
    };

    [Fact]
    public void EveryFieldOfTheRecordsIsInTheTableAndEveryFieldOfTheTableInTheRecords()
    {
        var differences = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<string>();
        foreach (var kind in KindCatalog.All.Select(kind => kind.ClrType).Concat([typeof(Binding), typeof(Scale), typeof(DeleteOptions), typeof(Eviction), typeof(EvictionV1Beta1)]))
            Compare(kind, ProtobufTable.Get(RecordSchema.GoNameOf(kind)), isRoot: true, seen, differences);
        Assert.Equal(Expected.Keys.Order(StringComparer.Ordinal), differences);
        Assert.True(seen.Count > 220, $"Only {seen.Count} records were compared.");
    }

    [Fact]
    public void NoMessageContainsItself()
    {
        foreach (var message in ProtobufTable.All) Assert.InRange(Depth(message, ProtobufDecoding.MaxDepth + 1), 1, 16);
    }

    [Fact]
    public void NumbersAndNamesAreUsedOnce()
    {
        foreach (var message in ProtobufTable.All)
        {
            var names = Members(message).Select(member => member.JsonName).ToArray();
            Assert.Equal(names.Distinct(), names);
            Assert.All(message.Fields, field => Assert.Same(field, message.Find(field.Number)));
        }
    }

    [Theory]
    [InlineData("A 1 x string", "\"A 1 x string\" names no message. Write: Name: 1 field type; 2 field type")]
    [InlineData("A: x string", "A: \"x string\" is no field. Write: number name type")]
    [InlineData("A: 1 x B", "A.x is a B, which no line describes.")]
    public void LinesThatCannotBeReadAreNamed(string text, string message) =>
        Assert.Equal(message, Assert.Throws<FormatException>(() => ProtobufTable.Parse(text)).Message);

    [Fact]
    public void LinesMayBeCarriedOn()
    {
        var messages = ProtobufTable.Parse("# Note\nA: 1 x [B];\n    2 y {bytes}; 3 - B?\nB: 1 b int64?");
        Assert.Equal(
            [(1, "x", ProtobufType.Message, ProtobufRule.List), (2, "y", ProtobufType.Bytes, ProtobufRule.Map), (3, "", ProtobufType.Message, ProtobufRule.Pointer)],
            messages["A"].Fields.Select(field => (field.Number, field.JsonName, field.Type, field.Rule)));
        Assert.Same(messages["B"], messages["A"].Fields[0].Message);
    }

    [Theory]
    [InlineData("clusterIP", "ClusterIP")]
    [InlineData("uid", "UID")]
    [InlineData("ipFamilies", "IPFamilies")]
    [InlineData("metadata", "ObjectMeta")]
    [InlineData("image", "Image")]
    [InlineData("Port", "Port")]
    public void ErrorsNameFieldsAsGoDoes(string jsonName, string goName) =>
        Assert.Equal(goName, new ProtobufField(1, jsonName, ProtobufType.String, ProtobufRule.Value, null).GoName);

    private static void Compare(Type record, ProtobufMessage message, bool isRoot, HashSet<string> seen, SortedSet<string> differences)
    {
        if (!seen.Add(record.Name)) return;
        var members = Members(message).ToDictionary(member => member.JsonName, StringComparer.Ordinal);
        foreach (var property in ApiJson.Options.GetTypeInfo(record).Properties)
        {
            if (isRoot && property.Name is "kind" or "apiVersion" && !members.ContainsKey(property.Name)) continue;
            var path = $"{record.Name}.{property.Name}";
            if (!members.Remove(property.Name, out var member)) differences.Add(path + ": not in the table");
            else Compare(path, (PropertyInfo)property.AttributeProvider!, member, seen, differences);
        }
        foreach (var name in members.Keys) differences.Add($"{record.Name}.{name}: not in the record");
    }

    private static void Compare(string path, PropertyInfo property, ProtobufField member, HashSet<string> seen, SortedSet<string> differences)
    {
        var goType = property.GetCustomAttribute<GoTypeAttribute>()?.Name;
        var isMicroTime = property.GetCustomAttribute<System.Text.Json.Serialization.JsonConverterAttribute>()?.ConverterType == typeof(MicroTimeConverter);
        var schema = ValueSchema.Of(property.PropertyType, goType, isMicroTime);
        var rule = schema.Shape switch
        {
            ValueShape.List => ProtobufRule.List,
            ValueShape.Map => ProtobufRule.Map,
            _ when new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable => ProtobufRule.Pointer,
            _ => ProtobufRule.Value,
        };
        var isTime = schema.Shape is ValueShape.Time or ValueShape.MicroTime; // Go's zero time and no time are the same JSON.
        if (rule != member.Rule && !(isTime && member.Rule is ProtobufRule.Value or ProtobufRule.Pointer))
            differences.Add($"{path}: {rule} in the record, {member.Rule} in the table");
        var item = schema.Item ?? schema;
        var wanted = item.Shape switch
        {
            ValueShape.String => ProtobufType.String,
            ValueShape.Int32 => ProtobufType.Int32,
            ValueShape.Int64 => ProtobufType.Int64,
            ValueShape.Boolean => ProtobufType.Bool,
            ValueShape.Bytes => ProtobufType.Bytes,
            _ => ProtobufType.Message,
        };
        var form = item.Shape switch
        {
            ValueShape.Time => ProtobufForm.Time,
            ValueShape.MicroTime => ProtobufForm.MicroTime,
            ValueShape.Quantity => ProtobufForm.Quantity,
            ValueShape.IntOrString => ProtobufForm.IntOrString,
            ValueShape.Any when member.Message is { Form: ProtobufForm.RawJson } => ProtobufForm.RawJson,
            ValueShape.List => ProtobufForm.List,
            _ => ProtobufForm.Object,
        };
        if (wanted != member.Type || (member.Message is { } message && message.Form != form))
            differences.Add($"{path}: {item.Shape} in the record, {member.Message?.Name ?? member.Type.ToString()} in the table");
        else if (item.Shape == ValueShape.Record)
            Compare(item.RecordType!, member.Message!, isRoot: typeof(IKubeObject).IsAssignableFrom(item.RecordType), seen, differences); // A claim's template is a whole object.
    }

    /// <summary>The fields as JSON has them: those of a message written in place stand for it.</summary>
    private static IEnumerable<ProtobufField> Members(ProtobufMessage message) =>
        message.Fields.SelectMany(field => field.JsonName.Length == 0 ? Members(field.Message!) : [field]);

    private static int Depth(ProtobufMessage message, int most) =>
        most == 0 ? 1 : 1 + message.Fields.Where(field => field.Message is not null).Select(field => Depth(field.Message!, most - 1)).DefaultIfEmpty(0).Max();
}
