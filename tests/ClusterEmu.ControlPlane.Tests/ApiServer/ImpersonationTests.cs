using ClusterEmu.Api;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class ImpersonationTests
{
    [Theory] // user, groups, uid; what is asked of the authorizer, in order
    [InlineData("bob", "", "", "users//bob")]
    [InlineData("bob", "dev ops", "", "users//bob groups//dev groups//ops")]
    [InlineData("bob", "", "u-1", "users//bob authentication.k8s.io/uids//u-1")]
    [InlineData("system:serviceaccount:shop:cart", "", "", "serviceaccounts/shop/cart")]
    [InlineData("system:serviceaccount:shop", "", "", "users//system:serviceaccount:shop")]
    public void EachPart_MustBeAllowed(string name, string groups, string uid, string expected)
    {
        var asked = new Recorder();
        Impersonation.Apply(RequestUser.OfSystem("admin"), name, groups.Split(' ', StringSplitOptions.RemoveEmptyEntries), uid, new Dictionary<string, IReadOnlyList<string>>(), asked);
        Assert.Equal(expected, string.Join(' ', asked.Questions.Select(question => $"{(question.Group.Length > 0 ? question.Group + "/" : "")}{question.Resource}/{question.Namespace}/{question.Name}")));
    }

    [Fact]
    public void WhoMayNot_IsToldWhat()
    {
        var refused = Assert.Throws<ApiException>(() => Impersonation.Apply(
            new RequestUser("eve", []), "bob", [], "", new Dictionary<string, IReadOnlyList<string>>(), new Recorder { Allows = false }));
        Assert.Equal((403, "users \"bob\" is forbidden: User \"eve\" cannot impersonate resource \"users\" in API group \"\" at the cluster scope"), (refused.Status.Code, refused.Message));
    }

    private sealed class Recorder : IAuthorizer
    {
        public bool Allows { get; init; } = true;
        public List<AccessQuestion> Questions { get; } = [];

        public AccessDecision Decide(AccessQuestion question)
        {
            Questions.Add(question);
            return new AccessDecision(Allows);
        }

        public SubjectRulesReviewStatus RulesFor(RequestUser user, string ns) => SubjectRulesReviewStatus.Empty;
    }
}
