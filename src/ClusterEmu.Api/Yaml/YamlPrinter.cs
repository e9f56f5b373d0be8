using System.Text;
using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>Writes JSON as <c>kubectl get -o yaml</c> does: sorted keys, two spaces, lists not indented, blocks for texts of several lines.</summary>
public static class YamlPrinter
{
    /// <summary>The document, with a line end at its end.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    public static string Print(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var text = new StringBuilder();
        Node(text, document.RootElement, indent: 0, inList: false);
        if (text[^1] != '\n') text.Append('\n');
        return text.ToString();
    }

    private static void Node(StringBuilder text, JsonElement node, int indent, bool inList)
    {
        switch (node.ValueKind)
        {
            case JsonValueKind.Object when node.EnumerateObject().Any():
                Map(text, node, indent, inList);
                break;
            case JsonValueKind.Array when node.GetArrayLength() > 0:
                List(text, node, indent, inList);
                break;
            case JsonValueKind.Object: text.Append("{}\n"); break;
            case JsonValueKind.Array: text.Append("[]\n"); break;
            case JsonValueKind.String:
                YamlScalarPrinter.Write(text, node.GetString()!, indent + (indent == 0 && !inList ? 2 : 0), isKey: false);
                text.Append('\n');
                break;
            default: text.Append(node.GetRawText()).Append('\n'); break;
        }
    }

    /// <param name="text">Where it goes. After a list's dash the first member stands on that line.</param>
    /// <param name="map">The members.</param>
    /// <param name="indent">Spaces before each member.</param>
    /// <param name="continuesLine">The cursor stands after a dash.</param>
    private static void Map(StringBuilder text, JsonElement map, int indent, bool continuesLine)
    {
        foreach (var member in map.EnumerateObject().OrderBy(member => member.Name, NaturalOrder.Instance))
        {
            if (!continuesLine) text.Append(' ', indent);
            continuesLine = false;
            YamlScalarPrinter.Write(text, member.Name, indent, isKey: true);
            text.Append(':');
            var value = member.Value;
            if (value.ValueKind == JsonValueKind.Object && value.EnumerateObject().Any())
            {
                text.Append('\n');
                Map(text, value, indent + 2, false);
            }
            else if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0)
            {
                text.Append('\n');
                List(text, value, indent, false); // A list stands under its key, not to the right of it.
            }
            else
            {
                text.Append(' ');
                Node(text, value, indent + 2, inList: true);
            }
        }
    }

    private static void List(StringBuilder text, JsonElement list, int indent, bool continuesLine)
    {
        foreach (var item in list.EnumerateArray())
        {
            if (!continuesLine) text.Append(' ', indent);
            continuesLine = false;
            text.Append("- ");
            Node(text, item, indent + 2, inList: true);
        }
    }
}
