namespace ClusterEmu.Api;

public static partial class Kinds
{
    public static readonly KindInfo<Role> Role = new()
    {
        Group = "rbac.authorization.k8s.io",
        Version = "v1",
        Kind = "Role",
        Plural = "roles",
        Singular = "role",
        Namespaced = true,
        Rules = RulesOf.Role,
    };

    public static readonly KindInfo<RoleBinding> RoleBinding = new()
    {
        Group = "rbac.authorization.k8s.io",
        Version = "v1",
        Kind = "RoleBinding",
        Plural = "rolebindings",
        Singular = "rolebinding",
        Namespaced = true,
        Rules = RulesOf.RoleBinding,
    };

    public static readonly KindInfo<ClusterRole> ClusterRole = new()
    {
        Group = "rbac.authorization.k8s.io",
        Version = "v1",
        Kind = "ClusterRole",
        Plural = "clusterroles",
        Singular = "clusterrole",
        Namespaced = false,
        Rules = RulesOf.ClusterRole,
    };

    public static readonly KindInfo<ClusterRoleBinding> ClusterRoleBinding = new()
    {
        Group = "rbac.authorization.k8s.io",
        Version = "v1",
        Kind = "ClusterRoleBinding",
        Plural = "clusterrolebindings",
        Singular = "clusterrolebinding",
        Namespaced = false,
        Rules = RulesOf.ClusterRoleBinding,
    };

    internal static IReadOnlyList<KindInfo> Rbac => [Role, RoleBinding, ClusterRole, ClusterRoleBinding];
}
