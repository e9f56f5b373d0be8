using System.Text.Json.Nodes;

namespace ClusterEmu.Api;

/// <summary>The URLs of a kind with what may be done there.</summary>
internal sealed class OpenApiPaths(OpenApiDialect dialect, OpenApiSchemas schemas)
{
    private static readonly string[] PatchTypes =
        ["application/apply-patch+yaml", "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json"];

    private readonly JsonObject _paths = [];

    public JsonObject ToJson() => new(_paths.OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())).ToArray());

    public void Add(KindInfo kind)
    {
        var root = kind.Group.Length == 0 ? $"/api/{kind.Version}" : $"/apis/{kind.Group}/{kind.Version}";
        var all = kind.Namespaced ? $"{root}/namespaces/{{namespace}}/{kind.Plural}" : $"{root}/{kind.Plural}";
        AddCollection(kind, all);
        if (kind.Namespaced && kind.Verbs.Contains("list")) AddPath($"{root}/{kind.Plural}", [], ("get", List(kind)));
        if (!kind.Verbs.Contains("get")) return;
        var one = all + "/{name}";
        var operations = new List<(string Method, JsonObject Operation)> { ("get", Operation(kind, "get", schemas.Reference(kind.ClrType), [])) };
        if (kind.Verbs.Contains("update"))
            operations.Add(("put", Operation(kind, "put", schemas.Reference(kind.ClrType), WriteParameters(), schemas.Reference(kind.ClrType))));
        if (kind.Verbs.Contains("patch")) operations.Add(("patch", Patch(kind)));
        if (kind.Verbs.Contains("delete"))
            operations.Add(("delete", Operation(kind, "delete", schemas.Reference(typeof(Status)), [Query("dryRun"), Query("gracePeriodSeconds", "integer"), Query("propagationPolicy")], schemas.Reference(typeof(DeleteOptions)))));
        AddPath(one, PathParameters(kind, named: true), [.. operations]);
        foreach (var name in kind.Subresources) AddSubresource(kind, one, name);
    }

    private void AddCollection(KindInfo kind, string path)
    {
        var operations = new List<(string Method, JsonObject Operation)>();
        if (kind.Verbs.Contains("list")) operations.Add(("get", List(kind)));
        if (kind.Verbs.Contains("create"))
            operations.Add(("post", Operation(kind, "post", schemas.Reference(kind.ClrType), WriteParameters(), schemas.Reference(kind.ClrType))));
        if (kind.Verbs.Contains("deletecollection"))
            operations.Add(("delete", Operation(kind, "deletecollection", schemas.Reference(typeof(Status)), [Query("dryRun"), .. SelectorParameters()], schemas.Reference(typeof(DeleteOptions)))));
        if (operations.Count > 0) AddPath(path, PathParameters(kind, named: false), [.. operations]);
    }

    private void AddSubresource(KindInfo kind, string one, string name)
    {
        var path = $"{one}/{name}";
        var parameters = PathParameters(kind, named: true);
        switch (name)
        {
            case "binding":
                AddPath(path, parameters, ("post", Operation(Kinds.Binding, "post", schemas.Reference(typeof(Binding)), WriteParameters(), schemas.Reference(typeof(Binding)))));
                break;
            case "token":
                AddPath(path, parameters, ("post", Operation(Kinds.TokenRequest, "post", schemas.Reference(typeof(TokenRequest)), WriteParameters(), schemas.Reference(typeof(TokenRequest)))));
                break;
            case "finalize":
                AddPath(path, parameters, ("put", Operation(kind, "put", schemas.Reference(kind.ClrType), WriteParameters(), schemas.Reference(kind.ClrType))));
                break;
            case "status" or "scale" or "approval":
                var shown = name == "scale" ? Kinds.Scale : kind;
                AddPath(
                    path,
                    parameters,
                    ("get", Operation(shown, "get", schemas.Reference(shown.ClrType), [])),
                    ("put", Operation(shown, "put", schemas.Reference(shown.ClrType), WriteParameters(), schemas.Reference(shown.ClrType))),
                    ("patch", Patch(shown)));
                break;
        }
    }

    private void AddPath(string path, IReadOnlyList<JsonObject> parameters, params (string Method, JsonObject Operation)[] operations)
    {
        var item = new JsonObject();
        if (parameters.Count > 0) item["parameters"] = new JsonArray([.. parameters]);
        foreach (var (method, operation) in operations) item[method] = operation;
        _paths[path] = item;
    }

    private JsonObject List(KindInfo kind) =>
        Operation(kind, "list", schemas.ListReference(kind), [.. SelectorParameters(), Query("limit", "integer"), Query("continue"), Query("watch", "boolean")]);

    private JsonObject Patch(KindInfo kind) =>
        Operation(kind, "patch", schemas.Reference(kind.ClrType), [.. WriteParameters(), Query("force", "boolean")], new JsonObject { ["type"] = "object" }, PatchTypes);

    private JsonObject Operation(
        KindInfo kind, string action, JsonObject answer, IReadOnlyList<JsonObject> parameters, JsonObject? body = null, string[]? bodyTypes = null)
    {
        var operation = new JsonObject { ["tags"] = new JsonArray($"{(kind.Group.Length == 0 ? "core" : kind.Group.Split('.')[0])}_{kind.Version}") };
        var all = new JsonArray([.. parameters]);
        string[] types = bodyTypes ?? ["application/json"];
        if (dialect == OpenApiDialect.V2)
        {
            operation["consumes"] = new JsonArray(types.Select(type => (JsonNode)type).ToArray());
            operation["produces"] = new JsonArray("application/json");
            if (body is not null) all.Insert(0, new JsonObject { ["name"] = "body", ["in"] = "body", ["required"] = action != "delete", ["schema"] = body });
        }
        else if (body is not null)
        {
            operation["requestBody"] = new JsonObject { ["content"] = Content(body, types), ["required"] = action is not ("delete" or "deletecollection") };
        }
        if (all.Count > 0) operation["parameters"] = all;
        operation["responses"] = new JsonObject { ["200"] = Answer(answer) };
        operation["x-kubernetes-action"] = action;
        operation["x-kubernetes-group-version-kind"] = OpenApiSchemas.GroupVersionKind(kind.Group, kind.Version, kind.Kind);
        return operation;
    }

    private JsonObject Answer(JsonObject schema) => dialect == OpenApiDialect.V3
        ? new JsonObject { ["description"] = "OK", ["content"] = Content(schema, ["application/json"]) }
        : new JsonObject { ["description"] = "OK", ["schema"] = schema };

    private static JsonObject Content(JsonObject schema, string[] types)
    {
        var content = new JsonObject();
        foreach (var type in types) content[type] = new JsonObject { ["schema"] = schema.DeepClone() };
        return content;
    }

    private List<JsonObject> PathParameters(KindInfo kind, bool named)
    {
        var parameters = new List<JsonObject>();
        if (named) parameters.Add(Parameter("name", "path", "string"));
        if (kind.Namespaced) parameters.Add(Parameter("namespace", "path", "string"));
        return parameters;
    }

    private JsonObject[] WriteParameters() => [Query("dryRun"), Query("fieldManager"), Query("fieldValidation")];

    private JsonObject[] SelectorParameters() => [Query("fieldSelector"), Query("labelSelector"), Query("resourceVersion")];

    private JsonObject Query(string name, string type = "string") => Parameter(name, "query", type);

    private JsonObject Parameter(string name, string place, string type)
    {
        var parameter = new JsonObject { ["name"] = name, ["in"] = place };
        if (place == "path") parameter["required"] = true;
        if (dialect == OpenApiDialect.V3) parameter["schema"] = new JsonObject { ["type"] = type, ["uniqueItems"] = true };
        else parameter["type"] = type;
        return parameter;
    }
}
