namespace ClusterEmu.Api;

/// <summary>What the API server does with objects of one kind besides storing them. Every rule is a pure function.</summary>
/// <remarks>See the members of the same names on <see cref="KindInfo"/>.</remarks>
public sealed record KindRules<T> where T : class, IKubeObject
{
    /// <summary>Objects as they are: no defaults, nothing refused.</summary>
    public static readonly KindRules<T> None = new();

    public Func<T, T> WithDefaults { get; init; } = static value => value;
    public Func<T, IReadOnlyList<FieldError>> ValidateCreate { get; init; } = static _ => [];
    public Func<T, T, IReadOnlyList<FieldError>> ValidateUpdate { get; init; } = static (_, _) => [];
    public Func<T, T> PrepareForCreate { get; init; } = static value => value;

    /// <summary>The object as the client wants it, the object as stored, and whether this is the status subresource.</summary>
    public Func<T, T, bool, T> PrepareForUpdate { get; init; } = static (value, _, _) => value;
}
