using System.Text;

namespace ClusterEmu.Api.Tests;

/// <summary>Who owns what after creates, updates and patches.</summary>
public sealed class FieldOwnershipTests
{
    private static readonly KindInfo Kind = Kinds.ConfigMap;

    private static ManagedFields After(ManagedFields live, string before, string after, string manager, string subresource = "", ManagedFields? sent = null, bool isCreate = false)
    {
        var writer = new FieldManager(manager, FieldOperation.Update, "v1", subresource);
        var (old, value) = (Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after));
        return FieldOwnership.AfterWrite(live, sent ?? ManagedFields.None, writer, isCreate, ApplyTexts.Now, version =>
            version == "v1" ? TypedComparison.Compare(ApplyTexts.Json(Encoding.UTF8.GetString(old)), ApplyTexts.Json(Encoding.UTF8.GetString(value)), Kind.FieldType) : null);
    }

    private static string Entry(string manager, string fields, string operation = "Update", string more = "") =>
        $$"""{"manager":"{{manager}}","operation":"{{operation}}","apiVersion":"v1","time":"2026-01-02T03:04:05Z","fieldsType":"FieldsV1","fieldsV1":{{fields}}{{more}}}""";

    [Fact]
    public void ACreator_OwnsWhatItSets_ButNotTheServersOwn()
    {
        var managed = After(ManagedFields.None, "{}", """{"kind":"ConfigMap","apiVersion":"v1","metadata":{"name":"c","namespace":"n","uid":"u","resourceVersion":"1","labels":{"a":"b"}},"data":{"k":"v"}}""", "me", isCreate: true);
        Assert.Equal(
            """[{"manager":"me","operation":"Update","apiVersion":"v1","time":"2026-01-02T04:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:data":{".":{},"f:k":{}},"f:metadata":{"f:labels":{".":{},"f:a":{}}}}}]""",
            ApplyTexts.Text(managed));
    }

    [Theory] // who is there, before, after, who is there then
    [InlineData("""{"f:data":{"f:a":{},"f:b":{}}}""", """{"data":{"a":"1","b":"1"}}""", """{"data":{"a":"2","b":"1"}}""", "other Update {\"f:data\":{\"f:b\":{}}}\nme Update {\"f:data\":{\"f:a\":{}}}")]
    [InlineData("""{"f:data":{"f:a":{}}}""", """{"data":{"a":"1"}}""", """{"data":{"a":"2"}}""", "me Update {\"f:data\":{\"f:a\":{}}}")]
    [InlineData("""{"f:data":{".":{},"f:a":{},"f:b":{}}}""", """{"data":{"a":"1","b":"1"}}""", """{"data":{"b":"1"}}""", "other Update {\"f:data\":{\".\":{},\"f:b\":{}}}")]
    [InlineData("""{"f:data":{"f:a":{}}}""", """{"data":{"a":"1"}}""", """{"data":{"a":"1"}}""", "other Update {\"f:data\":{\"f:a\":{}}}")]
    public void AnUpdate_TakesWhatItChanges(string owned, string before, string after, string expected) =>
        Assert.Equal(expected, ApplyTexts.Summary(After(ApplyTexts.Managed($"[{Entry("other", owned)}]"), before, after, "me")));

    [Fact]
    public void WhatChangesNothing_LeavesTheManagersAsTheyAre_ToTheByte()
    {
        var live = ApplyTexts.Managed($"[{Entry("other", """{"f:data":{"f:a":{}}}""")}]");
        Assert.Same(live, After(live, """{"data":{"a":"1"}}""", """{"data":{"a":"1"}}""", "me"));
        Assert.Same(live, After(live, """{"data":{"a":"1"}}""", """{"data":{"a":"1"}}""", "other"));
    }

    [Fact]
    public void AnUpdateOfOnesOwnField_MovesTheTimeAlone()
    {
        var live = ApplyTexts.Managed($"[{Entry("me", """{"f:data":{"f:a":{}}}""")}]");
        Assert.Equal(ApplyTexts.Text(live).Replace("03:04:05", "04:00:00", StringComparison.Ordinal), ApplyTexts.Text(After(live, """{"data":{"a":"1"}}""", """{"data":{"a":"2"}}""", "me")));
    }

    [Fact]
    public void AnApplier_LosesWhatAnUpdateChanges()
    {
        var live = ApplyTexts.Managed($"[{Entry("a", """{"f:data":{"f:a":{},"f:b":{}}}""", "Apply")}]");
        Assert.Equal("a Apply {\"f:data\":{\"f:b\":{}}}\nme Update {\"f:data\":{\"f:a\":{}}}", ApplyTexts.Summary(After(live, """{"data":{"a":"1","b":"1"}}""", """{"data":{"a":"2","b":"1"}}""", "me")));
    }

    [Fact]
    public void ASubresource_IsAManagerOfItsOwn()
    {
        var live = ApplyTexts.Managed($"[{Entry("me", """{"f:data":{"f:a":{}}}""")}]");
        Assert.Equal("me Update/status {\"f:data\":{\"f:a\":{}}}", ApplyTexts.Summary(After(live, """{"data":{"a":"1"}}""", """{"data":{"a":"2"}}""", "me", "status")));
    }

    [Fact]
    public void AVersionThatIsGone_TakesItsManagersWithIt()
    {
        var live = ApplyTexts.Managed($"[{Entry("old", """{"f:data":{"f:b":{}}}""").Replace("\"v1\"", "\"v0\"", StringComparison.Ordinal)}]");
        Assert.Equal("me Update {\"f:data\":{\"f:a\":{}}}", ApplyTexts.Summary(After(live, """{"data":{"a":"1","b":"1"}}""", """{"data":{"a":"2","b":"1"}}""", "me")));
    }

    [Theory] // what is sent: who is there then
    [InlineData("reset", "")]
    [InlineData("none", "other Update {\"f:data\":{\"f:a\":{}}}")]
    [InlineData("replaced", "new Update {\"f:data\":{\"f:a\":{}}}")]
    [InlineData("unreadable", "other Update {\"f:data\":{\"f:a\":{}}}")]
    public void AnUpdate_MaySendManagers(string what, string expected)
    {
        var live = ApplyTexts.Managed($"[{Entry("other", """{"f:data":{"f:a":{}}}""")}]");
        var sent = what switch
        {
            "reset" => ManagedFields.Reset,
            "replaced" => ApplyTexts.Managed($"[{Entry("new", """{"f:data":{"f:a":{}}}""")}]"),
            "unreadable" => ApplyTexts.Managed($"[{Entry("new", """{"data":{}}""")}]"),
            _ => ManagedFields.None,
        };
        Assert.Equal(expected, ApplyTexts.Summary(After(live, """{"data":{"a":"1"}}""", """{"data":{"a":"1"}}""", "me", sent: sent)));
        Assert.Same(live, After(live, """{"data":{"a":"1"}}""", """{"data":{"a":"1"}}""", "me", "status", sent));
    }

    [Fact]
    public void AnObjectWithoutManagers_StaysSo()
    {
        Assert.True(After(ManagedFields.None, """{"data":{"a":"1"}}""", """{"data":{"a":"2"}}""", "me").IsEmpty);
    }

    [Fact]
    public void ElevenUpdaters_BecomeTen_TheOldestTogether()
    {
        var entries = Enumerable.Range(0, 11).Select(i => Entry($"m{i:00}", "{\"f:data\":{\"f:k" + i + "\":{}}}").Replace("03:04:05", $"03:04:{i:00}", StringComparison.Ordinal));
        var managed = After(ApplyTexts.Managed($"[{string.Join(',', entries)}]"), """{"data":{"x":"1"}}""", """{"data":{"x":"2"}}""", "me");
        var updates = managed.Entries();
        Assert.Equal(10, updates.Count);
        var ancient = Assert.Single(updates, entry => entry.Manager == "ancient-changes");
        Assert.Equal("""{"f:data":{"f:k0":{},"f:k1":{},"f:k2":{}}}""", ancient.FieldsV1.ToString());
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 2, TimeSpan.Zero), ancient.Time);
        Assert.Equal("me", updates[^1].Manager);
    }

    [Theory] // fieldManager, User-Agent, manager
    [InlineData("mine", "kubectl/v1.32", "mine")]
    [InlineData("", "kubectl/v1.32 (linux)", "kubectl")]
    [InlineData(null, "curl", "curl")]
    [InlineData(null, null, "unknown")]
    [InlineData(null, "a\u0007b/1", "ab")]
    public void ManagerNames_ComeFromTheQueryOrTheAgent(string? given, string? agent, string expected) => Assert.Equal(expected, ManagerNames.Of(given, agent));

    [Fact]
    public void ManagerNames_AreBounded()
    {
        Assert.Equal(new string('x', 128), ManagerNames.Of(null, new string('x', 500)));
        var path = FieldPath.Of("fieldManager");
        Assert.Equal("fieldManager: Too long: may not be more than 128 bytes", Assert.Single(ManagerNames.Problems(new string('x', 129), path)).ToString());
        Assert.Equal("fieldManager: Invalid value: \"a\\nb\": invalid character U+000A (at position 1)", Assert.Single(ManagerNames.Problems("a\nb", path)).ToString());
        Assert.Empty(ManagerNames.Problems("kubectl-client-side-apply", path));
    }

    [Fact]
    public void AScale_ShowsWhoOwnsTheCount_AndGivesItBack()
    {
        var replicas = FieldSet.OfFields("spec.replicas");
        var parent = ApplyTexts.Managed($"[{Entry("a", """{"f:spec":{"f:paused":{},"f:replicas":{}}}""", "Apply")},{Entry("b", """{"f:spec":{"f:selector":{}}}""")}]");
        var managers = new ScaleManagers("v1", replicas);
        var scale = managers.ToScale(parent);
        Assert.Equal("a Apply {\"f:spec\":{\"f:replicas\":{}}}", ApplyTexts.Summary(scale));
        Assert.Equal("autoscaling/v1", Assert.Single(scale.Entries()).ApiVersion);
        Assert.Same(parent, managers.ToParent(parent, scale));
        var taken = ApplyTexts.Managed($"[{Entry("hpa", """{"f:spec":{"f:replicas":{}}}""", "Apply", ",\"subresource\":\"scale\"").Replace("\"v1\"", "\"autoscaling/v1\"", StringComparison.Ordinal)}]");
        Assert.Equal(
            "a Apply {\"f:spec\":{\"f:paused\":{}}}\nhpa Apply/scale {\"f:spec\":{\"f:replicas\":{}}}\nb Update {\"f:spec\":{\"f:selector\":{}}}",
            ApplyTexts.Summary(managers.ToParent(parent, taken)));
    }
}
