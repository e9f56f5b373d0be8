using System.Text;
using System.Text.Json;

namespace ClusterEmu.Api.Tests;

/// <summary>Applying: merge, prune, conflicts, and who owns what afterwards.</summary>
public sealed class ServerSideApplyTests
{
    private static readonly JsonElement Blank = ApplyTexts.Json(Encoding.UTF8.GetString(Kinds.Service.Blank.Span));

    private string _live = Encoding.UTF8.GetString(Kinds.Service.Blank.Span);
    private ManagedFields _managed = ManagedFields.None;

    private IReadOnlyList<ApplyConflict> Apply(string manager, string body, bool force = false, DateTimeOffset? at = null)
    {
        var outcome = new ServerSideApply(new OneVersion(Kinds.Service), Kinds.Service.ResetFields("")).Apply(
            ApplyTexts.Json(_live), Blank, ApplyTexts.Json(body), _managed, new FieldManager(manager, FieldOperation.Apply, "v1"), force, at ?? ApplyTexts.Now);
        _managed = outcome.Managers;
        if (outcome.Merged is { } merged) _live = Encoding.UTF8.GetString(merged);
        return outcome.Conflicts;
    }

    private string? At(params string[] path)
    {
        var value = ApplyTexts.Json(_live);
        foreach (var name in path)
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value)) return null;
        return value.GetRawText();
    }

    [Fact]
    public void AFirstApply_OwnsWhatItSays()
    {
        Assert.Empty(Apply("one", """{"apiVersion":"v1","kind":"Service","metadata":{"name":"s","labels":{"a":"b"}},"spec":{"type":"NodePort"}}"""));
        Assert.Equal("""one Apply {"f:metadata":{"f:labels":{"f:a":{}}},"f:spec":{"f:type":{}}}""", ApplyTexts.Summary(_managed));
        Assert.Equal("\"NodePort\"", At("spec", "type"));
    }

    [Fact]
    public void WhatIsNotAppliedAnyMore_Goes_UnlessOthersOwnIt()
    {
        Apply("one", """{"metadata":{"labels":{"a":"1","b":"2"}},"spec":{"ports":[{"port":80},{"port":81}],"externalName":"x"}}""");
        Apply("two", """{"metadata":{"labels":{"b":"2"}},"spec":{"ports":[{"port":81}]}}""");
        Assert.Empty(Apply("one", """{"metadata":{"labels":{"c":"3"}},"spec":{"type":"ClusterIP"}}"""));
        Assert.Equal("""{"b":"2","c":"3"}""", At("metadata", "labels"));
        Assert.Equal("""[{"port":81}]""", At("spec", "ports"));
        Assert.Null(At("spec", "externalName"));
        Assert.Equal(
            "one Apply {\"f:metadata\":{\"f:labels\":{\"f:c\":{}}},\"f:spec\":{\"f:type\":{}}}\n"
            + "two Apply {\"f:metadata\":{\"f:labels\":{\"f:b\":{}}},\"f:spec\":{\"f:ports\":{\"k:{\\\"port\\\":81,\\\"protocol\\\":\\\"TCP\\\"}\":{\".\":{},\"f:port\":{}}}}}",
            ApplyTexts.Summary(_managed));
    }

    [Fact]
    public void WhatNobodyApplied_Stays()
    {
        Apply("one", """{"spec":{"ports":[{"port":80}]}}""");
        _live = _live.Replace("\"port\":80", "\"port\":80,\"nodePort\":30001", StringComparison.Ordinal);
        Apply("one", """{"spec":{"type":"NodePort","ports":[{"port":80}]}}""");
        Assert.Equal("""[{"port":80,"nodePort":30001}]""", At("spec", "ports"));
        Apply("one", """{"spec":{"type":"NodePort"}}""");
        Assert.Null(At("spec", "ports") is "null" ? null : At("spec", "ports")); // The item was applied, so it goes, with what others added to it.
    }

    [Fact]
    public void AnotherValue_IsAConflict_AndForceTakesTheField()
    {
        Apply("one", """{"spec":{"type":"NodePort","sessionAffinity":"None"}}""");
        var conflict = Assert.Single(Apply("two", """{"spec":{"type":"ClusterIP"}}"""));
        Assert.Equal(("conflict with \"one\"", ".spec.type"), (conflict.Message, conflict.Field));
        Assert.Equal("Apply failed with 1 conflict: conflict with \"one\": .spec.type", ApplyConflict.Describe([conflict]));
        Assert.Equal("\"NodePort\"", At("spec", "type"));
        Assert.Empty(Apply("two", """{"spec":{"type":"ClusterIP"}}""", force: true));
        Assert.Equal("one Apply {\"f:spec\":{\"f:sessionAffinity\":{}}}\ntwo Apply {\"f:spec\":{\"f:type\":{}}}", ApplyTexts.Summary(_managed));
    }

    [Fact]
    public void TheSameValue_IsShared()
    {
        Apply("one", """{"spec":{"type":"NodePort"}}""");
        Assert.Empty(Apply("two", """{"spec":{"type":"NodePort"}}"""));
        Assert.Equal("one Apply {\"f:spec\":{\"f:type\":{}}}\ntwo Apply {\"f:spec\":{\"f:type\":{}}}", ApplyTexts.Summary(_managed));
        Apply("two", """{"spec":{"sessionAffinity":"None"}}""");
        Assert.Equal("\"NodePort\"", At("spec", "type")); // One owns it still.
    }

    [Fact]
    public void ConflictsWithSeveral_AreListedByManager()
    {
        _live = """{"metadata":{"labels":{"x":"1"}},"spec":{"type":"NodePort","sessionAffinity":"None"}}""";
        _managed = ApplyTexts.Managed(
            """[{"manager":"u","operation":"Update","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:type":{},"f:sessionAffinity":{}}}},{"manager":"k","operation":"Update","apiVersion":"v1","fieldsType":"FieldsV1","fieldsV1":{"f:metadata":{"f:labels":{"f:x":{}}}},"subresource":"status"}]""");
        var conflicts = Apply("me", """{"metadata":{"labels":{"x":"2"}},"spec":{"type":"ClusterIP","sessionAffinity":"ClientIP"}}""");
        Assert.Equal(
            "Apply failed with 3 conflicts: conflicts with \"k\" with subresource \"status\" using v1:\n- .metadata.labels.x\nconflicts with \"u\" using v1:\n- .spec.sessionAffinity\n- .spec.type",
            ApplyConflict.Describe(conflicts));
    }

    [Fact]
    public void ApplyingAgain_ChangesNothing_NotEvenTheTime()
    {
        Apply("one", """{"spec":{"type":"NodePort"}}""");
        var (live, managed) = (_live, _managed);
        Apply("one", """{"spec":{"type":"NodePort"}}""", at: ApplyTexts.Now.AddHours(1));
        Assert.Equal(live, _live);
        Assert.Same(managed, _managed);
    }

    [Fact]
    public void AnObjectThatNobodyTracked_IsOwnedByWhoCameBefore()
    {
        _live = """{"kind":"Service","apiVersion":"v1","metadata":{"name":"s"},"spec":{"type":"NodePort","sessionAffinity":"None"},"status":{"loadBalancer":{}}}""";
        var conflict = Assert.Single(Apply("one", """{"spec":{"type":"ClusterIP"}}"""));
        Assert.Equal("conflict with \"before-first-apply\" using v1", conflict.Message);
        Apply("one", """{"spec":{"type":"ClusterIP"}}""", force: true);
        Assert.Equal("one Apply {\"f:spec\":{\"f:type\":{}}}\nbefore-first-apply Update {\"f:spec\":{\"f:sessionAffinity\":{}}}", ApplyTexts.Summary(_managed));
    }

    [Fact]
    public void Status_IsNotOwnedByApplyingTheObject()
    {
        Apply("one", """{"spec":{"type":"NodePort"},"status":{"loadBalancer":{"ingress":[{"ip":"1.2.3.4"}]}}}""");
        Assert.Equal("one Apply {\"f:spec\":{\"f:type\":{}}}", ApplyTexts.Summary(_managed));
    }

    [Theory] // annotation, live type: what kubectl may take over
    [InlineData("""{"apiVersion":"v1","kind":"Service","spec":{"type":"NodePort"}}""", "NodePort", true)]
    [InlineData("""{"apiVersion":"v1","kind":"Service","spec":{"type":"NodePort"}}""", "ClusterIP", false)]
    [InlineData("""{"apiVersion":"v2","kind":"Service","spec":{"type":"NodePort"}}""", "NodePort", false)]
    [InlineData("no json", "NodePort", false)]
    public void LastApplied_TellsWhatIsStillAsItWasApplied(string annotation, string type, bool owned)
    {
        var live = ApplyTexts.Json(JsonSerializer.Serialize(new
        {
            metadata = new { annotations = new Dictionary<string, string> { [LastApplied.Annotation] = annotation } },
            spec = new { type },
        }));
        Assert.Equal(owned, LastApplied.StillOwned(live, Kinds.Service.FieldType, "v1").Has(PathElement.Field("spec"), PathElement.Field("type")));
    }

    [Fact]
    public void LastApplied_IsWrittenAsGoWritesIt() => Assert.Equal(
        """{"apiVersion":"v1","kind":"Service","metadata":{"annotations":{"x":"y"},"name":"s"},"spec":{"a":[{"b":1,"c":2}]}}""" + "\n",
        LastApplied.TextOf(ApplyTexts.Json($$$"""{"spec":{"a":[{"c":2,"b":1}]},"kind":"Service","metadata":{"name":"s","annotations":{"x":"y","{{{LastApplied.Annotation}}}":"old"}},"apiVersion":"v1"}""")));

    private sealed class OneVersion(KindInfo kind) : IFieldVersions
    {
        public FieldType? TypeOf(string apiVersion) => apiVersion == kind.ApiVersion ? kind.FieldType : null;

        public JsonElement Convert(JsonElement value, string from, string to) => value;
    }
}
