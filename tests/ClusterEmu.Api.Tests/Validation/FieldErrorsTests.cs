namespace ClusterEmu.Api.Tests;

public class FieldErrorsTests
{
    private static readonly FieldPath Path = FieldPath.Spec.Child("ports").Index(0).Child("nodePort");

    [Fact]
    public void Paths_ReadAsKubernetesWritesThem()
    {
        Assert.Equal("spec.ports[0].nodePort", Path.ToString());
        Assert.Equal("metadata.annotations[a/b]", FieldPath.Metadata.Child("annotations").Key("a/b").ToString());
        Assert.Equal("[]", FieldPath.Of("").ToString());
    }

    [Fact]
    public void Texts_AreThoseOfKubernetes()
    {
        Assert.Equal("spec.ports[0].nodePort: Invalid value: 80: no", FieldErrors.Invalid(Path, 80, "no").ToString());
        Assert.Equal("Required value", FieldErrors.Required(Path).Body);
        Assert.Equal("Required value: why", FieldErrors.Required(Path, "why").Body);
        Assert.Equal("Unsupported value: \"x\": supported values: \"a\", \"b\"", FieldErrors.NotSupported(Path, "x", "a", "b").Body);
        Assert.Equal("Duplicate value: \"x\"", FieldErrors.Duplicate(Path, "x").Body);
        Assert.Equal("Not found: \"x\"", FieldErrors.NotFound(Path, "x").Body);
        Assert.Equal("Forbidden: no", FieldErrors.Forbidden(Path, "no").Body);
        Assert.Equal("Too long: may not be more than 63 bytes", FieldErrors.TooLong(Path, 63).Body);
        Assert.Equal("Too many: 7: must have at most 5 items", FieldErrors.TooMany(Path, 7, 5).Body);
    }

    [Fact]
    public void Reasons_AreThoseOfTheStatusCauses()
    {
        Assert.Equal("FieldValueInvalid", FieldErrors.Invalid(Path, 1, "").Reason);
        Assert.Equal("FieldValueRequired", FieldErrors.Required(Path).Reason);
        Assert.Equal("FieldValueNotSupported", FieldErrors.NotSupported(Path, 1).Reason);
        Assert.Equal("FieldValueDuplicate", FieldErrors.Duplicate(Path, 1).Reason);
        Assert.Equal("FieldValueNotFound", FieldErrors.NotFound(Path, 1).Reason);
        Assert.Equal("FieldValueForbidden", FieldErrors.Forbidden(Path, "").Reason);
        Assert.Equal("FieldValueTooLong", FieldErrors.TooLong(Path, 1).Reason);
        Assert.Equal("FieldValueTooMany", FieldErrors.TooMany(Path, 2, 1).Reason);
    }

    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("with \"quotes\" and \\", "\"with \\\"quotes\\\" and \\\\\"")]
    [InlineData("line\nbreak\ttab", "\"line\\nbreak\\ttab\"")]
    [InlineData("bell\aand\u0001", "\"bell\\aand\\x01\"")]
    [InlineData("grün, 日本", "\"grün, 日本\"")]
    [InlineData("no\u00a0break", "\"no\\u00a0break\"")]
    public void Strings_AreQuotedAsGoQuotes(string text, string quoted) => Assert.Equal(quoted, GoSyntax.Quote(text));

    [Fact]
    public void Values_AreWrittenAsGoWritesThem()
    {
        Assert.Equal("\"null\"", GoSyntax.Write(null));
        Assert.Equal("true", GoSyntax.Write(true));
        Assert.Equal("70000", GoSyntax.Write(70000L));
        Assert.Equal("[]string{\"a\", \"b\"}", GoSyntax.Write(new List<string> { "a", "b" }));
        Assert.Equal("[]string(nil)", GoSyntax.Write(Array.Empty<string>()));
        Assert.Equal("map[string]string{\"a\":\"1\", \"b\":\"2\"}", GoSyntax.Write(new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" }));
        Assert.Equal("intstr.IntOrString{Type:1, IntVal:0, StrVal:\"5x\"}", GoSyntax.Write((IntOrString)"5x"));
        Assert.Equal("intstr.IntOrString{Type:0, IntVal:5, StrVal:\"\"}", GoSyntax.Write((IntOrString)5));
        Assert.Equal(
            "v1.LabelSelector{MatchLabels:map[string]string{\"app\":\"web\"}, MatchExpressions:[]v1.LabelSelectorRequirement(nil)}",
            GoSyntax.Write(new LabelSelector { MatchLabels = new Dictionary<string, string> { ["app"] = "web" } }));
    }
}
