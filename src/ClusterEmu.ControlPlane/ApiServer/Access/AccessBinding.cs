using System.Text.Json;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>A binding as the authorizer reads it: a role, and who has it. Source: plugin/pkg/auth/authorizer/rbac.</summary>
internal sealed record AccessBinding(string Name, bool IsOfNamespace, string RoleKind, string RoleName, IReadOnlyList<AccessBinding.Subject> Subjects)
{
    internal sealed record Subject(string Kind, string Namespace, string Name)
    {
        /// <summary>As reasons name it.</summary>
        public override string ToString() => Kind == "ServiceAccount" ? $"ServiceAccount \"{Name}/{Namespace}\"" : $"{Kind} \"{Name}\"";
    }

    /// <summary>Reads a RoleBinding or ClusterRoleBinding.</summary>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static AccessBinding Read(StoredObject stored)
    {
        using var document = JsonDocument.Parse(stored.Json);
        var root = document.RootElement;
        var (kind, name) = root.TryGetProperty("roleRef", out var role) ? (AccessRule.Text(role, "kind"), AccessRule.Text(role, "name")) : ("", "");
        List<Subject> subjects = root.TryGetProperty("subjects", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(item => new Subject(AccessRule.Text(item, "kind"), AccessRule.Text(item, "namespace"), AccessRule.Text(item, "name")))]
            : [];
        return new AccessBinding(stored.Name, stored.Namespace.Length > 0, kind, name, subjects);
    }

    /// <summary>The first subject that stands for this user; null if none does.</summary>
    /// <param name="user">The user.</param>
    /// <param name="ns">The binding's namespace, which a service account without one is in.</param>
    public Subject? SubjectFor(RequestUser user, string ns)
    {
        foreach (var subject in Subjects)
        {
            var placed = subject.Kind == "ServiceAccount" && subject.Namespace.Length == 0 ? subject with { Namespace = ns } : subject;
            var isIt = subject.Kind switch
            {
                "User" => subject.Name == user.Name,
                "Group" => user.Groups.Contains(subject.Name),
                "ServiceAccount" => RequestUser.ServiceAccountName(placed.Namespace, subject.Name) == user.Name,
                _ => false,
            };
            if (isIt) return placed;
        }
        return null;
    }
}
