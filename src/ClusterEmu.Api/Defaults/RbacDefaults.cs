namespace ClusterEmu.Api;

/// <summary>What the API server fills into bindings: the group of roles, users and groups. Source: pkg/apis/rbac/v1/defaults.go.</summary>
public static class RbacDefaults
{
    public static RoleBinding Apply(RoleBinding binding) => binding with { RoleRef = Filled(binding.RoleRef), Subjects = Filled(binding.Subjects) };

    public static ClusterRoleBinding Apply(ClusterRoleBinding binding) => binding with { RoleRef = Filled(binding.RoleRef), Subjects = Filled(binding.Subjects) };

    private static RoleRef Filled(RoleRef role) => role.APIGroup.Length > 0 ? role : role with { APIGroup = RbacValidation.Group };

    private static IReadOnlyList<Subject> Filled(IReadOnlyList<Subject> subjects) => subjects.SelectChanged(subject =>
        subject is { APIGroup.Length: 0, Kind: "User" or "Group" } ? subject with { APIGroup = RbacValidation.Group } : subject);
}
