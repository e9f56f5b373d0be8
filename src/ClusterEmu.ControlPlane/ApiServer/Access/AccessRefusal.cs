using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>The answer to what somebody may not do. Source: k8s.io/apiserver endpoints/handlers/responsewriters/errors.go.</summary>
internal static class AccessRefusal
{
    public static ApiException Of(AccessQuestion question)
    {
        var user = question.User.Name;
        if (question.Path.Length > 0)
        {
            return new ApiException(new Status
            {
                Outcome = "Failure",
                Code = 403,
                Reason = "Forbidden",
                Message = $"forbidden: User {GoSyntax.Quote(user)} cannot {question.Verb} path {GoSyntax.Quote(question.Path)}",
                Details = new StatusDetails(),
            });
        }
        var resource = question.Subresource.Length > 0 ? $"{question.Resource}/{question.Subresource}" : question.Resource;
        var where = question.Namespace.Length > 0 ? $"in the namespace \"{question.Namespace}\"" : "at the cluster scope";
        var qualified = question.Group.Length > 0 ? $"{question.Resource}.{question.Group}" : question.Resource;
        var named = question.Name.Length > 0 ? $"{qualified} \"{question.Name}\"" : qualified;
        return new ApiException(new Status
        {
            Outcome = "Failure",
            Code = 403,
            Reason = "Forbidden",
            Message = $"{named} is forbidden: User {GoSyntax.Quote(user)} cannot {question.Verb} resource {GoSyntax.Quote(resource)} in API group {GoSyntax.Quote(question.Group)} {where}",
            Details = new StatusDetails { Name = question.Name, Group = question.Group, Kind = question.Resource },
        });
    }
}
