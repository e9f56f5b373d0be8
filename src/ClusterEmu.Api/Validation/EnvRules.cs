namespace ClusterEmu.Api;

/// <summary>Environment variables and what the downward API may refer to.</summary>
internal static class EnvRules
{
    private static readonly string[] PodFields =
    [
        "metadata.name", "metadata.namespace", "metadata.uid", "spec.nodeName", "spec.serviceAccountName",
        "status.hostIP", "status.hostIPs", "status.podIP", "status.podIPs",
    ];

    private static readonly string[] VolumeFields = ["metadata.annotations", "metadata.labels", "metadata.name", "metadata.namespace", "metadata.uid"];

    private static readonly string[] Resources =
        ["limits.cpu", "limits.ephemeral-storage", "limits.memory", "requests.cpu", "requests.ephemeral-storage", "requests.memory"];

    private static readonly string[] ByteDivisors = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

    internal static void Check(List<FieldError> errors, IReadOnlyList<EnvVar> variables, FieldPath path)
    {
        for (var i = 0; i < variables.Count; i++)
        {
            var variable = variables[i];
            if (variable.Name.Length == 0) errors.Add(FieldErrors.Required(path.Index(i).Child("name")));
            else errors.AddInvalid(path.Index(i).Child("name"), variable.Name, NameRules.EnvVarName(variable.Name));
            if (variable.ValueFrom is { } source) CheckSource(errors, source, variable.Value, path.Index(i).Child("valueFrom"));
        }
    }

    internal static void CheckFrom(List<FieldError> errors, IReadOnlyList<EnvFromSource> sources, FieldPath path)
    {
        for (var i = 0; i < sources.Count; i++)
        {
            var (source, place) = (sources[i], path.Index(i));
            if (source.Prefix.Length > 0) errors.AddInvalid(place.Child("prefix"), source.Prefix, NameRules.EnvVarName(source.Prefix));
            if (source.ConfigMapRef is { } map) CheckReference(errors, map.Name, place.Child("configMapRef").Child("name"));
            if (source.SecretRef is { } secret) CheckReference(errors, secret.Name, place.Child("secretRef").Child("name"));
            if (source is { ConfigMapRef: null, SecretRef: null })
                errors.Add(FieldErrors.Invalid(path, "", "must specify one of: `configMapRef` or `secretRef`"));
            else if (source is { ConfigMapRef: not null, SecretRef: not null })
                errors.Add(FieldErrors.Invalid(path, "", "may not have more than one field specified at a time"));
        }
    }

    /// <param name="errors">Where problems go.</param>
    /// <param name="field">The reference.</param>
    /// <param name="volume">Files may show whole maps of labels and annotations; variables may show more of the Pod.</param>
    /// <param name="path">The reference's place.</param>
    internal static void CheckField(List<FieldError> errors, ObjectFieldSelector field, bool volume, FieldPath path)
    {
        if (field.ApiVersion.Length == 0)
        {
            errors.Add(FieldErrors.Required(path.Child("apiVersion")));
            return;
        }
        if (field.FieldPath.Length == 0)
        {
            errors.Add(FieldErrors.Required(path.Child("fieldPath")));
            return;
        }
        var open = field.FieldPath.IndexOf("['", StringComparison.Ordinal);
        if (open > 0 && field.FieldPath.EndsWith("']", StringComparison.Ordinal))
        {
            var (whole, key) = (field.FieldPath[..open], field.FieldPath[(open + 2)..^2]);
            if (whole == "metadata.annotations")
                errors.AddInvalid(path, key.ToLowerInvariant(), NameRules.QualifiedName(key.ToLowerInvariant()));
            else if (whole == "metadata.labels") errors.AddInvalid(path, key, NameRules.QualifiedName(key));
            else errors.Add(FieldErrors.Invalid(path.Child("fieldPath"), field.FieldPath,
                $"error converting fieldPath: field label does not support subscript: {field.FieldPath}"));
            return;
        }
        if (field.FieldPath is not ("spec.host" or "spec.restartPolicy" or "spec.schedulerName" or "status.phase")
            && !PodFields.Contains(field.FieldPath) && !VolumeFields.Contains(field.FieldPath))
            errors.Add(FieldErrors.Invalid(path.Child("fieldPath"), field.FieldPath,
                $"error converting fieldPath: field label not supported: {field.FieldPath}"));
        else if (!(volume ? VolumeFields : PodFields).Contains(field.FieldPath))
            errors.Add(FieldErrors.NotSupported(path.Child("fieldPath"), field.FieldPath, volume ? VolumeFields : PodFields));
    }

    /// <inheritdoc cref="CheckField"/>
    internal static void CheckResource(List<FieldError> errors, ResourceFieldSelector field, bool volume, FieldPath path)
    {
        var huge = field.Resource.StartsWith("requests.hugepages-", StringComparison.Ordinal)
            || field.Resource.StartsWith("limits.hugepages-", StringComparison.Ordinal);
        if (volume && field.ContainerName.Length == 0) errors.Add(FieldErrors.Required(path.Child("containerName")));
        else if (field.Resource.Length == 0) errors.Add(FieldErrors.Required(path.Child("resource")));
        else if (!huge && !Resources.Contains(field.Resource))
            errors.Add(FieldErrors.NotSupported(path.Child("resource"), field.Resource, Resources));

        if (field.Divisor.IsZero) return;
        var kind = huge ? "hugepages" : field.Resource[(field.Resource.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var divisor = field.Divisor.ToString();
        if (kind == "cpu" ? divisor is "1m" or "1" : kind is not ("memory" or "ephemeral-storage" or "hugepages") || ByteDivisors.Contains(divisor))
            return;
        var values = kind == "cpu" ? "1m and 1" : string.Join(", ", ByteDivisors);
        errors.Add(FieldErrors.Invalid(path.Child("divisor"), field.Resource,
            $"only divisor's values {values} are supported with the {(kind == "ephemeral-storage" ? "local ephemeral storage" : kind)} resource"));
    }

    private static void CheckSource(List<FieldError> errors, EnvVarSource source, string value, FieldPath path)
    {
        var sources = 0;
        if (source.FieldRef is { } field)
        {
            sources++;
            CheckField(errors, field, volume: false, path.Child("fieldRef"));
        }
        if (source.ResourceFieldRef is { } resource)
        {
            sources++;
            CheckResource(errors, resource, volume: false, path.Child("resourceFieldRef"));
        }
        if (source.ConfigMapKeyRef is { } map)
        {
            sources++;
            CheckKey(errors, map.Name, map.Key, path.Child("configMapKeyRef"));
        }
        if (source.SecretKeyRef is { } secret)
        {
            sources++;
            CheckKey(errors, secret.Name, secret.Key, path.Child("secretKeyRef"));
        }
        if (sources == 0)
            errors.Add(FieldErrors.Invalid(path, "",
                "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`"));
        else if (value.Length > 0) errors.Add(FieldErrors.Invalid(path, "", "may not be specified when `value` is not empty"));
        else if (sources > 1) errors.Add(FieldErrors.Invalid(path, "", "may not have more than one field specified at a time"));
    }

    private static void CheckKey(List<FieldError> errors, string name, string key, FieldPath path)
    {
        errors.AddInvalid(path.Child("name"), name, ObjectNameRules.Subdomain(name, prefix: false));
        if (key.Length == 0) errors.Add(FieldErrors.Required(path.Child("key")));
        else errors.AddInvalid(path.Child("key"), key, NameRules.ConfigMapKey(key));
    }

    private static void CheckReference(List<FieldError> errors, string name, FieldPath path)
    {
        if (name.Length == 0) errors.Add(FieldErrors.Required(path));
        else errors.AddInvalid(path, name, ObjectNameRules.Subdomain(name, prefix: true));
    }
}
