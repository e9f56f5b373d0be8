using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>Something that somebody wants to do.</summary>
/// <param name="User">Who.</param>
/// <param name="Verb">Such as <c>list</c>; for paths the HTTP method in small letters.</param>
/// <param name="Path">Of what is no object; else empty.</param>
public sealed record AccessQuestion(RequestUser User, string Verb, string Path = "")
{
    /// <summary>Empty for the core group; <c>*</c> for all.</summary>
    public string Group { get; init; } = "";

    /// <summary>Such as <c>pods</c>; empty for paths.</summary>
    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    /// <summary>Empty for all namespaces and for cluster-scoped kinds.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Empty for all objects.</summary>
    public string Name { get; init; } = "";
}

/// <summary>The answer to an <see cref="AccessQuestion"/>.</summary>
/// <param name="Allowed">True if it may be done.</param>
/// <param name="Reason">The rule that allowed it; empty if that needs no rule.</param>
public sealed record AccessDecision(bool Allowed, string Reason = "");

/// <summary>Decides who may do what. Callable from any thread; must not wait.</summary>
public interface IAuthorizer
{
    AccessDecision Decide(AccessQuestion question);

    /// <summary>All that a user may do in a namespace, as far as that can be listed.</summary>
    SubjectRulesReviewStatus RulesFor(RequestUser user, string ns);
}

/// <summary>Everybody whom the server knows may do everything: what a real server does with <c>--authorization-mode=AlwaysAllow</c>.</summary>
public sealed class AlwaysAllow : IAuthorizer
{
    private static readonly AccessDecision Yes = new(true);

    /// <summary>Everything, as <c>kubectl auth can-i --list</c> shows it.</summary>
    internal static readonly SubjectRulesReviewStatus Everything = new()
    {
        ResourceRules = [new ResourceRule { Verbs = ["*"], ApiGroups = ["*"], Resources = ["*"] }],
        NonResourceRules = [new NonResourceRule { Verbs = ["*"], NonResourceURLs = ["*"] }],
    };

    public AccessDecision Decide(AccessQuestion question) => Yes;

    public SubjectRulesReviewStatus RulesFor(RequestUser user, string ns) => Everything;
}
