using System.Text.Json;

namespace ClusterEmu.Api;

/// <summary>The versions in which a kind is served, for managers that name fields in different ones.</summary>
public interface IFieldVersions
{
    /// <summary>The type of the kind's objects in this version; null if it is not served (any more).</summary>
    FieldType? TypeOf(string apiVersion);

    /// <summary>The object in another version. Both are served.</summary>
    JsonElement Convert(JsonElement value, string from, string to);
}
