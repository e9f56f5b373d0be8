using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;
using ApiRequest = ClusterEmu.ControlPlane.ApiServer.ApiRequest;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>The tables of the page API Concepts, for lists and watches.</summary>
public sealed class ListRulesTests
{
    private const string Forbidden = "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Forbidden: ";

    [Theory] // query of a list; what is wrong, or nothing. Source: internalversion/validation/validation_test.go
    [InlineData("", null)]
    [InlineData("resourceVersion=0", null)]
    [InlineData("resourceVersion=5&resourceVersionMatch=NotOlderThan", null)]
    [InlineData("resourceVersion=0&resourceVersionMatch=NotOlderThan", null)]
    [InlineData("resourceVersion=5&resourceVersionMatch=Exact", null)]
    [InlineData("resourceVersionMatch=Exact", Forbidden + "resourceVersionMatch is forbidden unless resourceVersion is provided")]
    [InlineData("resourceVersionMatch=NotOlderThan", Forbidden + "resourceVersionMatch is forbidden unless resourceVersion is provided")]
    [InlineData("resourceVersion=5&resourceVersionMatch=Exact&continue=x", Forbidden + "resourceVersionMatch is forbidden when continue is provided")]
    [InlineData("resourceVersion=0&resourceVersionMatch=Exact", Forbidden + "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\"")]
    [InlineData("resourceVersion=5&resourceVersionMatch=foo", "ListOptions.meta.k8s.io \"\" is invalid: resourceVersionMatch: Unsupported value: \"foo\": supported values: \"Exact\", \"NotOlderThan\", \"\"")]
    [InlineData("resourceVersionMatch=foo&continue=x", "ListOptions.meta.k8s.io \"\" is invalid: [resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided, resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided, resourceVersionMatch: Unsupported value: \"foo\": supported values: \"Exact\", \"NotOlderThan\", \"\"]")]
    [InlineData("sendInitialEvents=true", "ListOptions.meta.k8s.io \"\" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list")]
    [InlineData("sendInitialEvents=false", "ListOptions.meta.k8s.io \"\" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list")]
    [InlineData("timeoutSeconds=soon", "strconv.ParseInt: parsing \"soon\": invalid syntax")]
    [InlineData("limit=99999999999999999999", "strconv.ParseInt: parsing \"99999999999999999999\": value out of range")]
    public void Lists(string query, string? problem) => Assert.Equal(problem, Problem(() => ListRules.Check(Request(query))));

    [Theory] // query of a watch; the revision after which it begins at 7 (now: the current state first), or what is wrong
    [InlineData("", "now")]
    [InlineData("resourceVersion=", "now")]
    [InlineData("resourceVersion=0", "now")]
    [InlineData("resourceVersion=5", "5")]
    [InlineData("resourceVersion=50", "50")]
    [InlineData("sendInitialEvents=true&resourceVersionMatch=NotOlderThan", "now")]
    [InlineData("sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion=0", "now")]
    [InlineData("sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion=5", "now")]
    [InlineData("sendInitialEvents=true&resourceVersionMatch=NotOlderThan&resourceVersion=50", "Timeout: Too large resource version: 50, current: 7")]
    [InlineData("sendInitialEvents=false&resourceVersionMatch=NotOlderThan", "7")]
    [InlineData("sendInitialEvents=false&resourceVersionMatch=NotOlderThan&resourceVersion=0", "7")]
    [InlineData("sendInitialEvents=false&resourceVersionMatch=NotOlderThan&resourceVersion=5", "5")]
    [InlineData("sendInitialEvents=true", Forbidden + "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan")]
    [InlineData("resourceVersionMatch=NotOlderThan", Forbidden + "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided")]
    [InlineData("sendInitialEvents=true&resourceVersionMatch=Exact", "ListOptions.meta.k8s.io \"\" is invalid: [resourceVersionMatch: Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan, resourceVersionMatch: Unsupported value: \"Exact\": supported values: \"NotOlderThan\"]")]
    [InlineData("resourceVersion=abc", "resourceVersion: Invalid value: \"abc\": strconv.ParseUint: parsing \"abc\": invalid syntax")]
    [InlineData("resourceVersion=-1", "resourceVersion: Invalid value: \"-1\": strconv.ParseUint: parsing \"-1\": invalid syntax")]
    [InlineData("resourceVersion=99999999999999999999999", "resourceVersion: Invalid value: \"99999999999999999999999\": strconv.ParseUint: parsing \"99999999999999999999999\": value out of range")]
    public void Watches(string query, string expected)
    {
        long? start = null;
        var problem = Problem(() => start = WatchRules.Start(Request(query), 7));
        Assert.Equal(expected, problem ?? start?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "now");
    }

    [Theory] // the token's text; what is wrong. Source: k8s.io/apiserver storage/continue_test.go
    [InlineData("""{"v":"meta.k8s.io/v1","rv":5,"start":"a/b\u0000"}""", null)]
    [InlineData("""{"v":"meta.k8s.io/v1","rv":-1,"start":"b\u0000"}""", null)]
    [InlineData("""{"v":"meta.k8s.io/v1","rv":0,"start":"b\u0000"}""", "invalid continue token: continue key is not valid: incorrect encoded start resourceVersion (version meta.k8s.io/v1)")]
    [InlineData("""{"v":"meta.k8s.io/v1","rv":1}""", "invalid continue token: continue key is not valid: encoded start key empty (version meta.k8s.io/v1)")]
    [InlineData("""{"v":"meta.k8s.io/v2","rv":1,"start":"b"}""", "invalid continue token: continue key is not valid: server does not recognize this encoded version")]
    [InlineData("""{"v":"meta.k8s.io/v1","rv":1,"start":"../b"}""", "invalid continue token: continue key is not valid: ../b")]
    [InlineData("{", "invalid continue token: continue key is not valid: unexpected end of JSON input")]
    public void Tokens(string json, string? problem) =>
        Assert.Equal(problem, Problem(() => ContinueToken.Parse(System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json)))));

    internal static ApiRequest Request(string query)
    {
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).Select(part => KeyValuePair.Create(part[0], part.Length > 1 ? part[1] : ""));
        Assert.True(RequestTarget.TryParse(KindCatalog.BuiltIn, "/api/v1/configmaps", out var target));
        try
        {
            return RequestBuilder.Build(ApiVerb.List, target, new RequestQuery(pairs), default, null, "").Request;
        }
        catch (ApiException refused)
        {
            throw new RefusedWhileBuilding(refused.Message);
        }
    }

    private static string? Problem(Action act)
    {
        try
        {
            act();
            return null;
        }
        catch (Exception refused) when (refused is ApiException or RefusedWhileBuilding)
        {
            return refused.Message;
        }
    }

    private sealed class RefusedWhileBuilding(string message) : Exception(message);
}
