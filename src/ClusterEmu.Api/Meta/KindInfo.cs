namespace ClusterEmu.Api;

/// <summary>Everything that the API server, clients and command lines must know of one kind.</summary>
/// <remarks><see cref="KindCatalog"/> lists them all.</remarks>
public abstract class KindInfo
{
    private byte[]? _blank;

    /// <summary>Empty for the core group.</summary>
    public required string Group { get; init; }
    public required string Version { get; init; }
    public required string Kind { get; init; }

    /// <summary>The name in URLs: <c>services</c>.</summary>
    public required string Plural { get; init; }
    public required string Singular { get; init; }
    public required bool Namespaced { get; init; }
    public IReadOnlyList<string> ShortNames { get; init; } = [];

    /// <summary>Such as <c>all</c>, for <c>kubectl get all</c>.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Such as <c>status</c>, <c>scale</c>, <c>binding</c>.</summary>
    public IReadOnlyList<string> Subresources { get; init; } = [];

    /// <summary>What the API server accepts, as discovery lists it.</summary>
    public IReadOnlyList<string> Verbs { get; init; } = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];

    public string ApiVersion => field ??= Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>As errors name it: <c>services</c>, <c>deployments.apps</c>.</summary>
    public string QualifiedPlural => field ??= Group.Length == 0 ? Plural : $"{Plural}.{Group}";

    /// <summary>Set on a version that is served, but not stored.</summary>
    public KindConversion? Conversion { get; init; }

    /// <summary>The version of this kind that is stored: this one, or the one that it is converted to.</summary>
    public KindInfo Storage => Conversion?.Storage ?? this;

    /// <summary>An object of the stored version as this version shows it. What is of another kind, such as a Scale, stays as it is.</summary>
    public IKubeObject Show(IKubeObject stored) =>
        Conversion is { } conversion && KindCatalog.Of(stored) == conversion.Storage ? conversion.FromStorage(stored) : stored;

    /// <summary>An object of this version as it is stored.</summary>
    public IKubeObject ToStorage(IKubeObject value) => Conversion?.ToStorage(value) ?? value;

    /// <summary><see cref="PrepareForCreate"/> of an object as it is to be stored, for a request of this version.</summary>
    public IKubeObject PrepareStoredForCreate(IKubeObject stored) => Conversion?.PrepareForCreate?.Invoke(stored) ?? Storage.PrepareForCreate(stored);

    /// <summary><see cref="PrepareForUpdate"/> of an object as it is to be stored, for a request of this version.</summary>
    public IKubeObject PrepareStoredForUpdate(IKubeObject stored, IKubeObject old, bool status) =>
        Conversion?.PrepareForUpdate?.Invoke(stored, old, status) ?? Storage.PrepareForUpdate(stored, old, status);

    /// <summary><see cref="ValidateCreate"/> of an object as it is to be stored, with what this version demands beyond.</summary>
    public IReadOnlyList<FieldError> ValidateStoredCreate(IKubeObject stored) =>
        Conversion?.ValidateCreate is { } more ? [.. Storage.ValidateCreate(stored), .. more(stored)] : Storage.ValidateCreate(stored);

    /// <summary><see cref="ValidateUpdate"/> of an object as it is to be stored, with what this version demands beyond.</summary>
    public IReadOnlyList<FieldError> ValidateStoredUpdate(IKubeObject stored, IKubeObject old) =>
        Conversion?.ValidateUpdate is { } more ? [.. Storage.ValidateUpdate(stored, old), .. more(stored, old)] : Storage.ValidateUpdate(stored, old);

    /// <summary>False for kinds that only subresources take and show, such as Scale: no URL of their own leads to them.</summary>
    public bool HasPath { get; init; } = true;

    /// <summary>True for kinds whose objects are made up when they are read, and stored nowhere.</summary>
    public bool IsVirtual { get; init; }

    /// <summary>How the scale subresource reads and writes objects of this kind; null if it has none.</summary>
    public KindScaling? Scaling { get; init; }

    /// <summary>True if a delete that says nothing of dependents leaves them behind. The old kinds do, as their first clients relied on it.</summary>
    public bool OrphansByDefault { get; init; }

    /// <summary>What every answer to a request for this version warns of, such as its being deprecated; null if there is nothing.</summary>
    public string? Warning { get; init; }
    public bool HasStatus => Subresources.Contains("status");
    public abstract Type ClrType { get; }

    /// <summary>How its fields are owned and merged, for server-side apply.</summary>
    public abstract FieldType FieldType { get; }

    /// <summary>Fields that a write to this subresource cannot change, and that nobody therefore owns by it (GetResetFields in pkg/registry/*/strategy.go).</summary>
    /// <param name="subresource">Empty for the object itself.</param>
    public virtual FieldSet ResetFields(string subresource) => ApplyResets.Of(this, subresource);

    /// <summary>The canonical JSON of an object with nothing set.</summary>
    public ReadOnlyMemory<byte> Blank => _blank ??= Encode(Decode("{}"u8));

    /// <summary>Decodes JSON. Unknown fields are ignored; see <see cref="StrictDecoding"/> for those.</summary>
    /// <exception cref="ObjectDecodingException">The text is no JSON or a value has the wrong type; the message is Kubernetes'.</exception>
    public abstract IKubeObject Decode(ReadOnlySpan<byte> json);

    /// <summary>The canonical JSON: <c>kind</c> and <c>apiVersion</c> first, empty fields left out as Kubernetes does.</summary>
    public abstract byte[] Encode(IKubeObject value);

    /// <summary>Fills in what Kubernetes' defaulting fills in (pkg/apis/*/v1/defaults.go).</summary>
    public abstract IKubeObject WithDefaults(IKubeObject value);

    /// <summary>Every problem of a new object, in the order and words of Kubernetes (pkg/apis/*/validation).</summary>
    public abstract IReadOnlyList<FieldError> ValidateCreate(IKubeObject value);

    /// <summary>Every problem of a changed object, immutable fields among them.</summary>
    public abstract IReadOnlyList<FieldError> ValidateUpdate(IKubeObject value, IKubeObject old);

    /// <summary>What the server does before validation of a create: status is emptied, generation is 1 (pkg/registry/*/strategy.go).</summary>
    public abstract IKubeObject PrepareForCreate(IKubeObject value);

    /// <summary>What the server does before validation of an update: fields that a PUT may not change come from <paramref name="old"/>.</summary>
    /// <param name="value">The object as the client wants it.</param>
    /// <param name="old">The object as stored.</param>
    /// <param name="status">True on the status subresource: only the status is taken from <paramref name="value"/>.</param>
    public abstract IKubeObject PrepareForUpdate(IKubeObject value, IKubeObject old, bool status);

    /// <summary>The fields that a field selector may name, such as <c>metadata.name</c> and <c>spec.nodeName</c>.</summary>
    public abstract IReadOnlyList<string> FieldLabels { get; }

    /// <summary>The field's present name; old names are still understood.</summary>
    /// <exception cref="SelectorException">The kind does not offer this field; the message is Kubernetes'.</exception>
    public abstract string FieldLabelFor(string label);

    /// <summary>The text that a field selector compares with; empty if the object has none.</summary>
    public abstract string FieldValue(IKubeObject value, string label);
}
