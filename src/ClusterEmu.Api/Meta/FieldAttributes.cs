namespace ClusterEmu.Api;

/// <summary>Written to JSON even when empty: Kubernetes' field has no <c>omitempty</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AlwaysWrittenAttribute : Attribute
{
    /// <summary>True if it need not be given for all that: schemas do not call it required.</summary>
    public bool Optional { get; init; }
}

/// <summary>A structure that schemas call required, although it is written like any other.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MustBeGivenAttribute : Attribute;

/// <summary>
/// A list that strategic merge patches merge instead of replacing it: item by item where <see cref="Key"/> is
/// equal, or as a set of scalars where there is no key.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatchMergeAttribute(string? key = null) : Attribute
{
    /// <summary>The JSON name of the field that tells items apart, or null for a set of scalars.</summary>
    public string? Key { get; } = key;
}

/// <summary>A patch may carry <c>$retainKeys</c> for this field: keys that it does not name are then dropped.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatchRetainKeysAttribute : Attribute;

/// <summary>An object that strategic merge patches replace as a whole instead of merging it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatchReplaceAttribute : Attribute;

/// <summary>For server-side apply: items are told apart by these fields (<c>x-kubernetes-list-type: map</c>).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MapListAttribute(params string[] keys) : Attribute
{
    public IReadOnlyList<string> Keys { get; } = keys;
}

/// <summary>For server-side apply: what stands for a key of a <see cref="MapListAttribute"/> where an item leaves it out (<c>default</c>).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeyDefaultAttribute(string value) : Attribute
{
    public string Value { get; } = value;
}

/// <summary>For server-side apply: a list of unlike scalars, each owned by itself (<c>x-kubernetes-list-type: set</c>).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SetListAttribute : Attribute;

/// <summary>For server-side apply: a map or object that is owned as a whole (<c>x-kubernetes-map-type: atomic</c>).</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class AtomicFieldAttribute : Attribute;

/// <summary>What Go calls the type of this field, for errors that name it: <c>v1.Protocol</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GoTypeAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>What Kubernetes calls a type that has another name here, because several groups or versions have one of that name.</summary>
/// <param name="name">Such as <c>EndpointPort</c>.</param>
/// <param name="package">The Go package, for errors that name the type.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GoNameAttribute(string name, string package = "v1") : Attribute
{
    public string Name { get; } = name;

    public string Package { get; } = package;
}

/// <summary>What <c>kubectl explain</c> says of this field or type.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class DocAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}
