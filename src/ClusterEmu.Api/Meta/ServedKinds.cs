namespace ClusterEmu.Api;

/// <summary>A directory of kinds: those that one API server serves at one moment. Immutable.</summary>
/// <remarks><see cref="KindCatalog"/> knows the kinds that every server serves; a CustomResourceDefinition adds to them.</remarks>
public sealed class ServedKinds
{
    private readonly Dictionary<(string Group, string Version, string Plural), KindInfo> _byPlural;
    private readonly Dictionary<(string ApiVersion, string Kind), KindInfo> _byName;

    /// <param name="listed">The kinds that can be listed; where a group has several versions, the preferred one first.</param>
    /// <param name="transient">Those that are sent, but never stored.</param>
    /// <exception cref="ArgumentException">Two of them have the same URL or the same apiVersion and kind.</exception>
    public ServedKinds(IReadOnlyList<KindInfo> listed, IReadOnlyList<KindInfo> transient)
    {
        (All, Transient) = (listed, transient);
        Stored = [.. listed.Where(kind => kind is { Conversion: null, IsVirtual: false })];
        _byPlural = listed.Concat(transient.Where(kind => kind.HasPath)).ToDictionary(kind => (kind.Group, kind.Version, kind.Plural));
        _byName = listed.Concat(transient).ToDictionary(kind => (kind.ApiVersion, kind.Kind));
    }

    /// <summary>Every kind that can be listed, each in each of its versions.</summary>
    public IReadOnlyList<KindInfo> All { get; }

    /// <summary>Those of <see cref="All"/> in whose form objects are stored: each object belongs to exactly one of them.</summary>
    public IReadOnlyList<KindInfo> Stored { get; }

    /// <summary>What is sent, but never stored, such as Binding and Scale.</summary>
    public IReadOnlyList<KindInfo> Transient { get; }

    /// <summary>By the parts of a URL; the group is empty for the core group. Null if nothing is served there.</summary>
    public KindInfo? Find(string group, string version, string plural) => _byPlural.GetValueOrDefault((group, version, plural));

    /// <summary>Whether anything is served in this group and version.</summary>
    public bool Serves(string group, string version) => All.Any(kind => kind.Group == group && kind.Version == version) || Transient.Any(kind => kind.HasPath && kind.Group == group && kind.Version == version);

    /// <summary>By what a manifest says: <c>apps/v1</c> and <c>Deployment</c>. Null if there is no such kind.</summary>
    public KindInfo? ByKind(string apiVersion, string kind) => _byName.GetValueOrDefault((apiVersion, kind));

    /// <summary>By what people type: plural, singular, short name or kind, in any case, with or without group (<c>deploy</c>, <c>deployments.apps</c>).</summary>
    public KindInfo? ByAnyName(string name)
    {
        var plain = name.ToLowerInvariant();
        return All.FirstOrDefault(kind =>
            plain == kind.Plural || plain == kind.Singular || plain == kind.QualifiedPlural
            || plain == kind.Kind.ToLowerInvariant() || kind.ShortNames.Contains(plain));
    }

    /// <summary>This directory and some kinds more.</summary>
    public ServedKinds With(IEnumerable<KindInfo> more) => new([.. All, .. more], Transient);
}
