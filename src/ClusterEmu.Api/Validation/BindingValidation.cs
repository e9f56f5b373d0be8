namespace ClusterEmu.Api;

/// <summary>What binds a Pod to a node. Source: ValidatePodBinding in pkg/apis/core/validation/validation.go.</summary>
public static class BindingValidation
{
    public static IReadOnlyList<FieldError> Create(Binding binding)
    {
        var errors = new List<FieldError>();
        var path = FieldPath.Of("target");
        if (binding.Target.Kind is not ("" or "Node"))
            errors.Add(FieldErrors.NotSupported(path.Child("kind"), binding.Target.Kind, "Node", "<empty>"));
        if (binding.Target.Name.Length == 0) errors.Add(FieldErrors.Required(path.Child("name")));
        return errors;
    }

    /// <summary>Bindings are never stored, so there is nothing to change.</summary>
    public static IReadOnlyList<FieldError> Update(Binding binding, Binding old) => Create(binding);
}
