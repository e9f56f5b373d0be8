using System.Text;
using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.ControlPlane.Storage;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class RbacAuthorizerTests
{
    /// <summary>ClusterRoles, ClusterRoleBindings, Roles and RoleBindings. They are read as JSON, so that the record behind them does not matter.</summary>
    private static readonly KindInfo[] Roles = [Kind("clusterroles", false), Kind("clusterrolebindings", false), Kind("roles", true), Kind("rolebindings", true)];

    private readonly RbacAuthorizer _authorizer;

    public RbacAuthorizerTests()
    {
        var snapshot = StoreSnapshot.Empty;
        Add(0, "", "view", """ "rules":[{"verbs":["get","list"],"apiGroups":[""],"resources":["pods","pods/log"]},{"verbs":["get"],"nonResourceURLs":["/metrics","/logs/*"]}] """);
        Add(0, "", "all", """ "rules":[{"verbs":["*"],"apiGroups":["*"],"resources":["*"]}] """);
        Add(0, "", "scaler", """ "rules":[{"verbs":["update"],"apiGroups":["apps"],"resources":["*/scale"],"resourceNames":["web"]}] """);
        Add(2, "shop", "writer", """ "rules":[{"verbs":["create"],"apiGroups":[""],"resources":["pods"]}] """);
        Add(1, "", "viewers", """ "roleRef":{"kind":"ClusterRole","name":"view"},"subjects":[{"kind":"User","name":"bob"},{"kind":"Group","name":"dev"}] """);
        Add(1, "", "broken", """ "roleRef":{"kind":"ClusterRole","name":"nosuch"},"subjects":[{"kind":"User","name":"bob"}] """);
        Add(3, "shop", "owner", """ "roleRef":{"kind":"ClusterRole","name":"all"},"subjects":[{"kind":"ServiceAccount","name":"cart"}] """);
        Add(3, "shop", "writers", """ "roleRef":{"kind":"Role","name":"writer"},"subjects":[{"kind":"User","name":"bob"}] """);
        Add(1, "", "admins", """ "roleRef":{"kind":"ClusterRole","name":"cluster-admin"},"subjects":[{"kind":"User","name":"ann"}] """);
        Add(1, "", "scalers", """ "roleRef":{"kind":"ClusterRole","name":"scaler"},"subjects":[{"kind":"User","name":"amy"}] """);
        var reader = new StoreReader();
        reader.Publish(snapshot, []);
        var kinds = new ServedKinds(Roles, []);
        _authorizer = new RbacAuthorizer(reader, () => kinds);

        void Add(int kind, string ns, string name, string body)
        {
            var json = Encoding.UTF8.GetBytes($$$"""{"metadata":{"name":"{{{name}}}","namespace":"{{{ns}}}"},{{{body}}}}""");
            var revision = snapshot.Revision + 1;
            snapshot = snapshot.Apply(new StoreEvent(revision, StoreEventType.Created, StoredObject.FromJournal(Roles[kind], revision, json), null, 0));
        }
    }

    [Theory] // user and groups; verb, group/resource/subresource/name or path, namespace; the reason, or nothing
    [InlineData("root system:masters", "delete", "apps/deployments", "x", "")]
    [InlineData("bob", "list", "/pods", "", "RBAC: allowed by ClusterRoleBinding \"viewers\" of ClusterRole \"view\" to User \"bob\"")]
    [InlineData("bob", "list", "/pods", "shop", "RBAC: allowed by ClusterRoleBinding \"viewers\" of ClusterRole \"view\" to User \"bob\"")]
    [InlineData("eve dev", "get", "/pods/log", "shop", "RBAC: allowed by ClusterRoleBinding \"viewers\" of ClusterRole \"view\" to Group \"dev\"")]
    [InlineData("bob", "get", "/pods/exec", "shop", null)]
    [InlineData("bob", "watch", "/pods", "shop", null)]
    [InlineData("bob", "list", "apps/pods", "shop", null)]
    [InlineData("bob", "create", "/pods", "shop", "RBAC: allowed by RoleBinding \"writers/shop\" of Role \"writer\" to User \"bob\"")]
    [InlineData("bob", "create", "/pods", "other", null)]
    [InlineData("bob", "create", "/pods", "", null)]
    [InlineData("system:serviceaccount:shop:cart", "delete", "apps/deployments", "shop", "RBAC: allowed by RoleBinding \"owner/shop\" of ClusterRole \"all\" to ServiceAccount \"cart/shop\"")]
    [InlineData("system:serviceaccount:other:cart", "delete", "apps/deployments", "shop", null)]
    [InlineData("amy", "update", "apps/deployments/scale/web", "shop", "RBAC: allowed by ClusterRoleBinding \"scalers\" of ClusterRole \"scaler\" to User \"amy\"")]
    [InlineData("amy", "update", "apps/deployments/scale/db", "shop", null)]
    [InlineData("amy", "update", "apps/deployments//web", "shop", null)]
    [InlineData("ann", "delete", "apps/deployments", "shop", "RBAC: allowed by ClusterRoleBinding \"admins\" of ClusterRole \"cluster-admin\" to User \"ann\"")]
    [InlineData("bob", "get", "path /metrics", "", "RBAC: allowed by ClusterRoleBinding \"viewers\" of ClusterRole \"view\" to User \"bob\"")]
    [InlineData("bob", "get", "path /logs/a/b", "", "RBAC: allowed by ClusterRoleBinding \"viewers\" of ClusterRole \"view\" to User \"bob\"")]
    [InlineData("bob", "get", "path /log", "", null)]
    [InlineData("eve system:authenticated", "get", "path /apis/apps/v1", "", "")]
    [InlineData("eve system:authenticated", "create", "authorization.k8s.io/selfsubjectaccessreviews", "", "")]
    [InlineData("eve", "get", "path /apis/apps/v1", "", null)]
    [InlineData("system:anonymous system:unauthenticated", "get", "path /version", "", "")]
    [InlineData("system:anonymous system:unauthenticated", "get", "path /apis", "", null)]
    public void Decisions(string who, string verb, string what, string ns, string? reason)
    {
        var user = new RequestUser(who.Split(' ')[0], who.Split(' ')[1..]);
        var parts = what.Split('/');
        var question = what.StartsWith("path ", StringComparison.Ordinal)
            ? new AccessQuestion(user, verb, what[5..])
            : new AccessQuestion(user, verb) { Group = parts[0], Resource = parts[1], Subresource = parts.ElementAtOrDefault(2) ?? "", Name = parts.ElementAtOrDefault(3) ?? "", Namespace = ns };
        Assert.Equal((reason is not null, reason ?? ""), (_authorizer.Decide(question).Allowed, _authorizer.Decide(question).Reason));
    }

    [Fact]
    public void TheRulesOfAUser_AreThoseOfTheirRoles()
    {
        var rules = _authorizer.RulesFor(new RequestUser("bob", []), "shop");
        Assert.Equal("pods,pods/log: get,list; pods: create", string.Join("; ", rules.ResourceRules.Select(rule => $"{string.Join(',', rule.Resources)}: {string.Join(',', rule.Verbs)}")));
        Assert.Equal("/metrics,/logs/*", string.Join(',', Assert.Single(rules.NonResourceRules).NonResourceURLs));
    }

    [Fact]
    public void WhereNoRolesAreServed_EverybodyMayDoEverything()
    {
        var authorizer = new RbacAuthorizer(new StoreReader(), () => new ServedKinds([Kinds.Pod], []));
        Assert.True(authorizer.Decide(new AccessQuestion(RequestUser.Anonymous, "delete") { Resource = "pods" }).Allowed);
    }

    private static KindInfo<ConfigMap> Kind(string plural, bool namespaced) =>
        new() { Group = "rbac.authorization.k8s.io", Version = "v1", Kind = plural, Plural = plural, Singular = plural, Namespaced = namespaced };
}
