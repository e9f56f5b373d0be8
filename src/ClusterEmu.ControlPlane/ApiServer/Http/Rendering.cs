using System.Text;
using System.Text.Json;
using ClusterEmu.Api;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>What of each object a Table's rows carry (<c>includeObject</c>).</summary>
public enum IncludeObject
{
    /// <summary>Its metadata. The default.</summary>
    Metadata,

    Object,

    None,
}

/// <summary>Answers as bytes, in the form and in the version that the client asked for.</summary>
/// <param name="shown">The version of the kind.</param>
/// <param name="form">Objects, their metadata, or a Table.</param>
/// <param name="include">What of an object a Table's row carries.</param>
/// <param name="now">The time of the request, for ages.</param>
/// <param name="version">Of Tables and metadata: the version of meta.k8s.io.</param>
public sealed class Rendering(KindInfo shown, AnswerForm form, IncludeObject include, DateTimeOffset now, string version = "v1")
{
    /// <summary>How a Table without rows ends when it is encoded; a real server writes an empty list.</summary>
    private static readonly byte[] NullRows = "null}"u8.ToArray();

    private MetadataOnly? _metadataOnly;
    private bool _columnsWritten;

    private MetadataOnly MetadataOnly => _metadataOnly ??= new MetadataOnly(version);

    private string MetaVersion => "meta.k8s.io/" + version;

    /// <summary>The JSON of an answer.</summary>
    public byte[] Render(ApiResponse response)
    {
        if (response.Status is { } status) return ApiJson.Encode(status);
        if (response.List is { } list) return RenderList(list);
        if (form == AnswerForm.Metadata) return response.Stored is { } whole ? Metadata(whole) : MetadataOnly.Of(shown.Show(response.Object!));
        if (form == AnswerForm.Object && response.Stored is { } stored) return Json(stored);
        var value = shown.Show(response.Object!);
        return form == AnswerForm.Table
            ? ApiJson.Encode(TableOf([Row(value, response.Stored)], KindCatalog.Of(value), value.Metadata.ResourceVersion))
            : KindCatalog.Of(value).Encode(value);
    }

    /// <summary>The JSON of a watched object. Of several Tables only the first has column definitions.</summary>
    public byte[] RenderWatched(StoredObject item) => form switch
    {
        AnswerForm.Table => ApiJson.Encode(TableOf([Row(shown.Show(item.Decode()), item)], shown, Revisions.Text(item.Revision))),
        AnswerForm.Metadata => Metadata(item),
        _ => Json(item),
    };

    /// <summary>The object of a bookmark.</summary>
    public byte[] RenderBookmark(WatchDelivery bookmark)
    {
        var annotations = bookmark.InitialEventsEnd ? ""","annotations":{"k8s.io/initial-events-end":"true"}""" : "";
        var metadata = $$"""{"resourceVersion":"{{Revisions.Text(bookmark.Revision)}}","creationTimestamp":null{{annotations}}}""";
        var json = form switch
        {
            AnswerForm.Table => $$$"""{"kind":"Table","apiVersion":"{{{MetaVersion}}}","metadata":{"resourceVersion":"{{{Revisions.Text(bookmark.Revision)}}}"},"columnDefinitions":null,"rows":[{"cells":null,"object":{"kind":"PartialObjectMetadata","apiVersion":"{{{MetaVersion}}}","metadata":{{{metadata}}}}}]}""",
            AnswerForm.Metadata => $$"""{"kind":"PartialObjectMetadata","apiVersion":"{{MetaVersion}}","metadata":{{metadata}}}""",
            _ => $$"""{"kind":"{{shown.Kind}}","apiVersion":"{{shown.ApiVersion}}","metadata":{{metadata}}}""",
        };
        return Encoding.UTF8.GetBytes(json);
    }

    private byte[] RenderList(ApiList list)
    {
        if (form == AnswerForm.Table)
        {
            var table = TableOf([.. list.Items.Select(item => Row(shown.Show(item.Decode()), item))], shown, Revisions.Text(list.Revision));
            var json = ApiJson.Encode(table with { Metadata = table.Metadata with { Continue = list.Continue, RemainingItemCount = list.Remaining } });
            return list.Items.Count > 0 ? json : [.. json.AsSpan(0, json.Length - NullRows.Length), .. "[]}"u8];
        }
        var metadataOnly = form == AnswerForm.Metadata;
        var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", metadataOnly ? "PartialObjectMetadataList" : shown.Kind + "List");
            writer.WriteString("apiVersion", metadataOnly ? MetaVersion : shown.ApiVersion);
            writer.WriteStartObject("metadata");
            writer.WriteString("resourceVersion", Revisions.Text(list.Revision));
            if (list.Continue.Length > 0) writer.WriteString("continue", list.Continue);
            if (list.Remaining is { } remaining) writer.WriteNumber("remainingItemCount", remaining);
            writer.WriteEndObject();
            writer.WriteStartArray("items");
            var prefix = Encoding.UTF8.GetBytes($$"""{"kind":"{{shown.Kind}}","apiVersion":"{{shown.ApiVersion}}",""");
            foreach (var item in list.Items)
            {
                if (metadataOnly) writer.WriteRawValue(Metadata(item), skipInputValidation: true);
                else WriteItem(writer, Json(item), prefix);
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }

    /// <summary>Items of a list do not repeat what they are.</summary>
    private static void WriteItem(Utf8JsonWriter json, byte[] item, byte[] prefix)
    {
        if (!item.AsSpan().StartsWith(prefix))
        {
            json.WriteRawValue(item, skipInputValidation: true);
            return;
        }
        var bare = item[(prefix.Length - 1)..];
        bare[0] = (byte)'{';
        json.WriteRawValue(bare, skipInputValidation: true);
    }

    private Table TableOf(IReadOnlyList<TableRow> rows, KindInfo kind, string revision)
    {
        var columns = _columnsWritten ? [] : TableCatalog.Of(kind).Definitions;
        _columnsWritten = true;
        return new Table { ApiVersion = MetaVersion, Metadata = new ListMeta { ResourceVersion = revision }, ColumnDefinitions = columns, Rows = rows };
    }

    private TableRow Row(IKubeObject value, StoredObject? stored) => new()
    {
        Cells = TableCatalog.Of(KindCatalog.Of(value)).Cells(value, now),
        Object = include switch
        {
            IncludeObject.Object => stored is not null ? Json(stored) : KindCatalog.Of(value).Encode(value),
            IncludeObject.None => "null"u8.ToArray(),
            _ => stored is not null ? Metadata(stored) : MetadataOnly.Of(value),
        },
    };

    /// <summary>A conversion may keep in annotations what its version cannot say.</summary>
    private byte[] Metadata(StoredObject stored) => shown.Conversion is null ? MetadataOnly.Of(stored) : MetadataOnly.Of(shown.Show(stored.Decode()));

    private byte[] Json(StoredObject stored) => shown.Conversion is null ? stored.Json : shown.Encode(shown.Show(stored.Decode()));
}
