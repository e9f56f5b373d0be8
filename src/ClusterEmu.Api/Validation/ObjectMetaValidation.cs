using System.Globalization;

namespace ClusterEmu.Api;

/// <summary>The rules that the metadata of every kind obeys. Source: k8s.io/apimachinery api/validation/objectmeta.go.</summary>
public static class ObjectMetaValidation
{
    private const string Orphan = "orphan";
    private const string Foreground = "foregroundDeletion";

    /// <summary>Every problem of the metadata of a new object. Name generation has been done.</summary>
    /// <param name="meta">The metadata.</param>
    /// <param name="namespaced">Whether the kind lives in namespaces.</param>
    /// <param name="rule">What the kind's names obey.</param>
    public static IReadOnlyList<FieldError> Create(ObjectMeta meta, bool namespaced, ObjectNameRule rule)
    {
        var errors = new List<FieldError>();
        CheckCreate(errors, meta, namespaced, rule);
        return errors;
    }

    /// <summary>Every problem of changed metadata: what must stay, and what must be well-formed.</summary>
    public static IReadOnlyList<FieldError> Update(ObjectMeta meta, ObjectMeta old)
    {
        var errors = new List<FieldError>();
        CheckUpdate(errors, meta, old);
        return errors;
    }

    internal static void CheckCreate(List<FieldError> errors, ObjectMeta meta, bool namespaced, ObjectNameRule rule)
    {
        if (meta.GenerateName.Length > 0)
            errors.AddInvalid(MetaPaths.GenerateName, meta.GenerateName, rule(meta.GenerateName, prefix: true));
        if (meta.Name.Length == 0) errors.Add(FieldErrors.Required(MetaPaths.Name, "name or generateName is required"));
        else errors.AddInvalid(MetaPaths.Name, meta.Name, rule(meta.Name, prefix: false));

        if (!namespaced)
        {
            if (meta.Namespace.Length > 0) errors.Add(FieldErrors.Forbidden(MetaPaths.Namespace, "not allowed on this type"));
        }
        else if (meta.Namespace.Length == 0) errors.Add(FieldErrors.Required(MetaPaths.Namespace));
        else errors.AddInvalid(MetaPaths.Namespace, meta.Namespace, NameRules.Dns1123Label(meta.Namespace));

        CheckNonNegative(errors, meta.Generation, MetaPaths.Generation);
        LabelRules.CheckLabels(errors, meta.Labels, MetaPaths.Labels);
        LabelRules.CheckAnnotations(errors, meta.Annotations, MetaPaths.Annotations);
        CheckOwners(errors, meta.OwnerReferences, MetaPaths.OwnerReferences);
        CheckFinalizers(errors, meta.Finalizers, MetaPaths.Finalizers);
    }

    internal static void CheckUpdate(List<FieldError> errors, ObjectMeta meta, ObjectMeta old)
    {
        if (old.DeletionTimestamp is not null) CheckNoNewFinalizers(errors, meta.Finalizers, old.Finalizers, MetaPaths.Finalizers);
        if (meta.ResourceVersion.Length == 0)
            errors.Add(FieldErrors.Invalid(MetaPaths.ResourceVersion, meta.ResourceVersion, "must be specified for an update"));
        if (meta.Generation < old.Generation)
            errors.Add(FieldErrors.Invalid(MetaPaths.Generation, meta.Generation, "must not be decremented"));
        CheckImmutable(errors, meta.Name, old.Name, MetaPaths.Name);
        CheckImmutable(errors, meta.Namespace, old.Namespace, MetaPaths.Namespace);
        CheckImmutable(errors, meta.Uid, old.Uid, MetaPaths.Uid);
        CheckImmutableTime(errors, meta.CreationTimestamp, old.CreationTimestamp, MetaPaths.CreationTimestamp);
        CheckImmutableTime(errors, meta.DeletionTimestamp, old.DeletionTimestamp, MetaPaths.DeletionTimestamp);
        CheckImmutable(errors, meta.DeletionGracePeriodSeconds, old.DeletionGracePeriodSeconds, MetaPaths.DeletionGracePeriodSeconds);
        LabelRules.CheckLabels(errors, meta.Labels, MetaPaths.Labels);
        LabelRules.CheckAnnotations(errors, meta.Annotations, MetaPaths.Annotations);
        CheckOwners(errors, meta.OwnerReferences, MetaPaths.OwnerReferences);
    }

    internal static void CheckNonNegative(List<FieldError> errors, long value, FieldPath path)
    {
        if (value < 0) errors.Add(FieldErrors.Invalid(path, value, "must be greater than or equal to 0"));
    }

    internal static void CheckImmutable<T>(List<FieldError> errors, T value, T old, FieldPath path)
    {
        if (!EqualityComparer<T>.Default.Equals(value, old)) errors.Add(FieldErrors.Invalid(path, value, "field is immutable"));
    }

    /// <summary>One finalizer: a qualified name.</summary>
    internal static void CheckFinalizerName(List<FieldError> errors, string name, FieldPath path) =>
        errors.AddInvalid(path, name, NameRules.QualifiedName(name));

    private static void CheckImmutableTime(List<FieldError> errors, DateTimeOffset? value, DateTimeOffset? old, FieldPath path)
    {
        if (value == old) return;
        var shown = value?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss '+0000 UTC'", CultureInfo.InvariantCulture);
        errors.Add(FieldErrors.Invalid(path, shown is null ? null : new GoLiteral(shown), "field is immutable"));
    }

    private static void CheckFinalizers(List<FieldError> errors, IReadOnlyList<string> finalizers, FieldPath path)
    {
        foreach (var finalizer in finalizers) CheckFinalizerName(errors, finalizer, path);
        if (finalizers.Contains(Orphan) && finalizers.Contains(Foreground))
            errors.Add(FieldErrors.Invalid(path, finalizers, $"finalizer {Orphan} and {Foreground} cannot be both set"));
    }

    private static void CheckNoNewFinalizers(
        List<FieldError> errors, IReadOnlyList<string> finalizers, IReadOnlyList<string> old, FieldPath path)
    {
        var added = finalizers.Except(old, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (added.Count > 0)
            errors.Add(FieldErrors.Forbidden(path,
                $"no new finalizers can be added if the object is being deleted, found new finalizers {GoSyntax.Write(added)}"));
    }

    private static void CheckOwners(List<FieldError> errors, IReadOnlyList<OwnerReference> owners, FieldPath path)
    {
        string? controller = null;
        foreach (var owner in owners)
        {
            CheckOwner(errors, owner, path);
            if (owner.Controller != true) continue;
            var name = $"{owner.Kind}/{owner.Name}";
            if (controller is null) controller = name;
            else
                errors.Add(FieldErrors.Invalid(path, new GoLiteral($"[]v1.OwnerReference{{{string.Join(", ", owners.Select(Literal))}}}"),
                    $"Only one reference can have Controller set to true. Found \"true\" in references for {controller} and {name}"));
        }
    }

    private static void CheckOwner(List<FieldError> errors, OwnerReference owner, FieldPath path)
    {
        var slash = owner.ApiVersion.IndexOf('/', StringComparison.Ordinal);
        if (owner.ApiVersion.Length == 0 || owner.ApiVersion.Count(letter => letter == '/') > 1 || slash == owner.ApiVersion.Length - 1)
            errors.Add(FieldErrors.Invalid(path.Child("apiVersion"), owner.ApiVersion, "version must not be empty"));
        if (owner.Kind.Length == 0) errors.Add(FieldErrors.Invalid(path.Child("kind"), owner.Kind, "kind must not be empty"));
        if (owner.Name.Length == 0) errors.Add(FieldErrors.Invalid(path.Child("name"), owner.Name, "name must not be empty"));
        if (owner.Uid.Length == 0) errors.Add(FieldErrors.Invalid(path.Child("uid"), owner.Uid, "uid must not be empty"));
        if (owner is { ApiVersion: "v1", Kind: "Event" })
            errors.Add(FieldErrors.Invalid(path, new GoLiteral(Literal(owner)), "/v1, Kind=Event is disallowed from being an owner"));
    }

    private static string Literal(OwnerReference owner) =>
        $"v1.OwnerReference{{APIVersion:{GoSyntax.Quote(owner.ApiVersion)}, Kind:{GoSyntax.Quote(owner.Kind)}, Name:{GoSyntax.Quote(owner.Name)}, " +
        $"UID:{GoSyntax.Quote(owner.Uid)}, Controller:{Pointer(owner.Controller)}, BlockOwnerDeletion:{Pointer(owner.BlockOwnerDeletion)}}}";

    private static string Pointer(bool? value) => value is null ? "(*bool)(nil)" : $"(*bool)({(value.Value ? "true" : "false")})";

    /// <summary>Made once: every write needs them, and hardly ever for an error.</summary>
    private static class MetaPaths
    {
        public static readonly FieldPath Name = FieldPath.Metadata.Child("name");
        public static readonly FieldPath GenerateName = FieldPath.Metadata.Child("generateName");
        public static readonly FieldPath Namespace = FieldPath.Metadata.Child("namespace");
        public static readonly FieldPath Generation = FieldPath.Metadata.Child("generation");
        public static readonly FieldPath Labels = FieldPath.Metadata.Child("labels");
        public static readonly FieldPath Annotations = FieldPath.Metadata.Child("annotations");
        public static readonly FieldPath OwnerReferences = FieldPath.Metadata.Child("ownerReferences");
        public static readonly FieldPath Finalizers = FieldPath.Metadata.Child("finalizers");
        public static readonly FieldPath ResourceVersion = FieldPath.Metadata.Child("resourceVersion");
        public static readonly FieldPath Uid = FieldPath.Metadata.Child("uid");
        public static readonly FieldPath CreationTimestamp = FieldPath.Metadata.Child("creationTimestamp");
        public static readonly FieldPath DeletionTimestamp = FieldPath.Metadata.Child("deletionTimestamp");
        public static readonly FieldPath DeletionGracePeriodSeconds = FieldPath.Metadata.Child("deletionGracePeriodSeconds");
    }
}
