using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Users: who asks, reviews, tokens of service accounts, impersonation.</summary>
public sealed class HttpAccessTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private const string Authentication = "/apis/authentication.k8s.io/v1/";
    private const string Authorization = "/apis/authorization.k8s.io/v1/";

    [Theory] // headers; user name and groups
    [InlineData("", "kubernetes-admin: system:masters system:authenticated")]
    [InlineData("Impersonate-User=bob", "bob: system:authenticated")]
    [InlineData("Impersonate-User=bob&Impersonate-Group=dev&Impersonate-Group=ops", "bob: dev ops system:authenticated")]
    [InlineData("Impersonate-User=bob&Impersonate-Group=system:authenticated", "bob: system:authenticated")]
    [InlineData("Impersonate-User=system:serviceaccount:shop:cart", "system:serviceaccount:shop:cart: system:serviceaccounts system:serviceaccounts:shop system:authenticated")]
    public async Task WhoAmI(string headers, string expected)
    {
        var (code, review) = await Post(server.Http, Authentication + "selfsubjectreviews", "{}", headers);
        Assert.Equal((201, expected), (code, User(review["status"]!["userInfo"]!)));
    }

    [Fact]
    public async Task Impersonation_CarriesUidAndExtraValues_AndNeedsAUser()
    {
        var (_, review) = await Post(server.Http, Authentication + "selfsubjectreviews", "{}", "Impersonate-User=bob&Impersonate-Uid=u-1&Impersonate-Extra-Team=blue&Impersonate-Extra-Acme.com%2FSize=xl");
        var info = review["status"]!["userInfo"]!;
        Assert.Equal(("u-1", "blue", "xl"), ((string?)info["uid"], (string?)info["extra"]!["team"]![0], (string?)info["extra"]!["acme.com/size"]![0]));
        var (code, status) = await Post(server.Http, Authentication + "selfsubjectreviews", "{}", "Impersonate-Group=dev");
        Assert.Equal(400, code);
        Assert.StartsWith("requested groups, a UID or extra values without impersonating a user", (string?)status["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACertificate_IsItsSubject()
    {
        using var http = server.NewHttp(server.Pki.Certificate("nodes-1"));
        var (_, review) = await Post(http, Authentication + "selfsubjectreviews", "{}");
        Assert.Equal("system:node:nodes-1: system:masters system:nodes system:authenticated", User(review["status"]!["userInfo"]!));
        Assert.StartsWith("X509SHA256=", (string?)review["status"]!["userInfo"]!["extra"]![RequestUser.CredentialId]![0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ATokenOfAServiceAccount_SpeaksForIt_UntilTheAccountGoes()
    {
        var ns = await server.NewNamespace();
        var (code, made) = await Post(server.Http, $"/api/v1/namespaces/{ns}/serviceaccounts/default/token", "{}");
        Assert.Equal((201, 3600), (code, (int)made["spec"]!["expirationSeconds"]!));
        Assert.Equal(ServiceAccountTokens.Issuer, (string?)made["spec"]!["audiences"]![0]);
        var token = (string)made["status"]!["token"]!;
        using var http = Bearer(token);
        var (_, review) = await Post(http, Authentication + "selfsubjectreviews", "{}");
        var expected = $"system:serviceaccount:{ns}:default: system:serviceaccounts system:serviceaccounts:{ns} system:authenticated";
        Assert.Equal(expected, User(review["status"]!["userInfo"]!));
        var (_, seen) = await Post(server.Http, Authentication + "tokenreviews", $$$"""{"spec":{"token":"{{{token}}}"}}""");
        Assert.Equal((true, expected, ServiceAccountTokens.Issuer), ((bool)seen["status"]!["authenticated"]!, User(seen["status"]!["user"]!), (string?)seen["status"]!["audiences"]![0]));
        await server.Must(ApiCall.Delete(Kinds.ServiceAccount, ns, "default"));
        await server.Must(ApiCall.Create(new ServiceAccount { Metadata = new ObjectMeta { Name = "default", Namespace = ns } }));
        using var response = await http.GetAsync(new Uri("/api/v1/pods", UriKind.Relative));
        // The account of the same name is another one.
        Assert.Equal(401, (int)response.StatusCode);
    }

    [Theory] // what is done to a token; what the review says
    [InlineData("as it is", true)]
    [InlineData("another signature", false)]
    [InlineData("other claims", false)]
    [InlineData("garbage", false)]
    public async Task OnlyTheClustersOwnTokens_AreGood(string change, bool good)
    {
        var ns = await server.NewNamespace();
        var token = (string)(await Post(server.Http, $"/api/v1/namespaces/{ns}/serviceaccounts/default/token", "{}")).Body["status"]!["token"]!;
        var parts = token.Split('.');
        var other = (string)(await Post(server.Http, $"/api/v1/namespaces/{ns}/serviceaccounts/default/token", """{"spec":{"audiences":["x"]}}""")).Body["status"]!["token"]!;
        var shown = change switch
        {
            "another signature" => $"{parts[0]}.{parts[1]}.{other.Split('.')[2]}",
            "other claims" => $"{parts[0]}.{other.Split('.')[1]}.{parts[2]}",
            "garbage" => "a.b.c",
            _ => token,
        };
        var (_, review) = await Post(server.Http, Authentication + "tokenreviews", $$$"""{"spec":{"token":"{{{shown}}}"}}""");
        Assert.Equal(good, (bool?)review["status"]!["authenticated"] ?? false);
        if (!good) Assert.Equal("[invalid bearer token]", (string?)review["status"]!["error"]);
    }

    [Theory] // the token's audiences; those of the review; those shared, or none if the token is no good for it
    [InlineData("[\"vault\"]", "[\"vault\"]", "vault")]
    [InlineData("[\"vault\",\"db\"]", "[\"db\",\"x\"]", "db")]
    [InlineData("[\"vault\"]", "[\"db\"]", "")]
    [InlineData("[\"vault\"]", "[]", "")]
    [InlineData("[]", "[\"https://kubernetes.default.svc.cluster.local\"]", "https://kubernetes.default.svc.cluster.local")]
    public async Task Audiences(string made, string asked, string shared)
    {
        var ns = await server.NewNamespace();
        var token = (string)(await Post(server.Http, $"/api/v1/namespaces/{ns}/serviceaccounts/default/token", $$$"""{"spec":{"audiences":{{{made}}}}}""")).Body["status"]!["token"]!;
        var (_, review) = await Post(server.Http, Authentication + "tokenreviews", $$$"""{"spec":{"token":"{{{token}}}","audiences":{{{asked}}}}}""");
        Assert.Equal(shared, string.Join(' ', review["status"]!["audiences"]?.AsArray().Select(item => (string?)item) ?? []));
    }

    [Fact]
    public async Task ABoundToken_EndsWithItsPod()
    {
        var ns = await server.NewNamespace();
        var pod = (await server.Must(ApiCall.Create(new Pod { Metadata = new ObjectMeta { Name = "p", Namespace = ns }, Spec = new PodSpec { Containers = [new Container { Name = "c", Image = "i" }] } }))).Object!;
        var body = """{"spec":{"boundObjectRef":{"kind":"Pod","apiVersion":"v1","name":"p"}}}""";
        var token = (string)(await Post(server.Http, $"/api/v1/namespaces/{ns}/serviceaccounts/default/token", body)).Body["status"]!["token"]!;
        using var http = Bearer(token);
        var (code, review) = await Post(http, Authentication + "selfsubjectreviews", "{}");
        Assert.Equal((201, pod.Metadata.Uid), (code, (string?)review["status"]!["userInfo"]!["extra"]!["authentication.kubernetes.io/pod-uid"]![0]));
        await server.Must(ApiCall.Delete(Kinds.Pod, ns, "p", new DeleteOptions { GracePeriodSeconds = 0 }));
        Assert.Equal(401, (await Post(http, Authentication + "selfsubjectreviews", "{}")).Code);
    }

    [Theory] // account, body; code and message (NS is the namespace)
    [InlineData("nosuch", "{}", 404, "serviceaccounts \"nosuch\" not found")]
    [InlineData("default", """{"spec":{"expirationSeconds":60}}""", 422, "TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes")]
    [InlineData("default", """{"spec":{"expirationSeconds":5000000000}}""", 422, "TokenRequest.authentication.k8s.io \"\" is invalid: spec.expirationSeconds: Invalid value: 5000000000: may not specify a duration larger than 2^32 seconds")]
    [InlineData("default", """{"spec":{"boundObjectRef":{"kind":"Pod","apiVersion":"v1","name":"nosuch"}}}""", 404, "pods \"nosuch\" not found")]
    [InlineData("default", """{"spec":{"boundObjectRef":{"kind":"ConfigMap","apiVersion":"v1","name":"x"}}}""", 400, "cannot bind token to object of type /v1, Kind=ConfigMap")]
    [InlineData("default", """{"metadata":{"name":"other"}}""", 400, "the name of the object (other) does not match the name on the URL (default)")]
    [InlineData("default", """{"kind":"Pod","apiVersion":"v1"}""", 400, null)]
    public async Task TokenRefusals(string account, string body, int code, string? message)
    {
        var (answered, status) = await Post(server.Http, $"/api/v1/namespaces/{await server.NewNamespace()}/serviceaccounts/{account}/token", body);
        Assert.Equal(code, answered);
        if (message is not null) Assert.Equal(message, (string?)status["message"]);
    }

    [Theory] // kind, spec; allowed or the message
    [InlineData("selfsubjectaccessreviews", """{"resourceAttributes":{"verb":"list","resource":"pods"}}""", "allowed")]
    [InlineData("selfsubjectaccessreviews", """{"nonResourceAttributes":{"verb":"get","path":"/metrics"}}""", "allowed")]
    [InlineData("selfsubjectaccessreviews", "{}", "SelfSubjectAccessReview.authorization.k8s.io \"\" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified")]
    [InlineData("subjectaccessreviews", """{"user":"bob","resourceAttributes":{"verb":"list","resource":"pods"}}""", "denied")]
    [InlineData("subjectaccessreviews", """{"user":"root","groups":["system:masters"],"resourceAttributes":{"verb":"list","resource":"pods"}}""", "allowed")]
    [InlineData("subjectaccessreviews", """{"resourceAttributes":{"verb":"list","resource":"pods"}}""", "SubjectAccessReview.authorization.k8s.io \"\" is invalid: spec.user: Invalid value: \"\": at least one of user or group must be specified")]
    [InlineData("namespaces/default/localsubjectaccessreviews", """{"user":"bob","resourceAttributes":{"namespace":"default","verb":"list","resource":"pods"}}""", "denied")]
    [InlineData("namespaces/default/localsubjectaccessreviews", """{"user":"bob","resourceAttributes":{"namespace":"other","verb":"list","resource":"pods"}}""", "LocalSubjectAccessReview.authorization.k8s.io \"\" is invalid: spec.resourceAttributes.namespace: Invalid value: \"other\": must match metadata.namespace")]
    public async Task AccessReviews(string kind, string spec, string expected)
    {
        var (code, review) = await Post(server.Http, Authorization + kind, $$"""{"spec":{{spec}}}""");
        Assert.Equal(expected, code == 201 ? ((bool)review["status"]!["allowed"]! ? "allowed" : "denied") : (string?)review["message"]);
    }

    [Fact]
    public async Task ARole_SaysWhatAnAccountMayDo_AndWhatTheReviewsSay()
    {
        const string rbac = "/apis/rbac.authorization.k8s.io/v1/namespaces/";
        var ns = await server.NewNamespace();
        var token = (string)(await Post(server.Http, $"/api/v1/namespaces/{ns}/serviceaccounts/default/token", "{}")).Body["status"]!["token"]!;
        using var http = Bearer(token);
        var pods = new Uri($"/api/v1/namespaces/{ns}/pods", UriKind.Relative);
        var question = $$$$"""{"spec":{"resourceAttributes":{"namespace":"{{{{ns}}}}","verb":"list","resource":"pods"}}}""";
        using (var refused = await http.GetAsync(pods))
        {
            var message = (string?)JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["message"];
            Assert.Equal((403, $"pods is forbidden: User \"system:serviceaccount:{ns}:default\" cannot list resource \"pods\" in API group \"\" in the namespace \"{ns}\""), ((int)refused.StatusCode, message));
        }
        Assert.False((bool)(await Post(http, Authorization + "selfsubjectaccessreviews", question)).Body["status"]!["allowed"]!);
        Assert.Equal(201, (await Post(server.Http, $"{rbac}{ns}/roles", """{"metadata":{"name":"r"},"rules":[{"verbs":["list"],"apiGroups":[""],"resources":["pods"]}]}""")).Code);
        var binding = $$$"""{"metadata":{"name":"b"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"r"},"subjects":[{"kind":"ServiceAccount","name":"default","namespace":"{{{ns}}}"}]}""";
        Assert.Equal(201, (await Post(server.Http, $"{rbac}{ns}/rolebindings", binding)).Code);
        using (var allowed = await http.GetAsync(pods)) Assert.Equal(200, (int)allowed.StatusCode);
        var status = (await Post(http, Authorization + "selfsubjectaccessreviews", question)).Body["status"]!;
        Assert.Equal((true, $"RBAC: allowed by RoleBinding \"b/{ns}\" of Role \"r\" to ServiceAccount \"default/{ns}\""), ((bool)status["allowed"]!, (string?)status["reason"]));
    }

    [Fact]
    public async Task TheRulesOfAll_AreListed_AndTheKeysArePublic()
    {
        var (code, review) = await Post(server.Http, Authorization + "selfsubjectrulesreviews", """{"spec":{"namespace":"default"}}""");
        Assert.Equal((201, "*"), (code, (string?)review["status"]!["resourceRules"]![0]!["resources"]![0]));
        var (_, keys) = await server.Send("GET", "/openid/v1/jwks");
        Assert.Equal(("EC", "ES256"), ((string?)keys["keys"]![0]!["kty"], (string?)keys["keys"]![0]!["alg"]));
        var (_, configuration) = await server.Send("GET", "/.well-known/openid-configuration");
        Assert.Equal(ServiceAccountTokens.Issuer, (string?)configuration["issuer"]);
    }

    private HttpClient Bearer(string token)
    {
        var http = server.NewHttp();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private static string User(JsonNode info) => $"{info["username"]}: {string.Join(' ', info["groups"]!.AsArray())}";

    private static async Task<(int Code, JsonNode Body)> Post(HttpClient http, string path, string body, string headers = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        foreach (var header in headers.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = header.Split('=');
            request.Headers.TryAddWithoutValidation(pair[0], pair[1]);
        }
        using var response = await http.SendAsync(request);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
