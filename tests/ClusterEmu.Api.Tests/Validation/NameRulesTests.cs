namespace ClusterEmu.Api.Tests;

public class NameRulesTests
{
    private const string Subdomain =
        "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character " +
        "(e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

    private const string Qualified =
        "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
        "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

    [Theory]
    [InlineData("web", "")]
    [InlineData("123-abc", "")]
    [InlineData("a.b", "must not contain dots")]
    [InlineData("web\n", "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character " +
        "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?')")]
    public void Labels(string value, string said) => Assert.Equal(said, string.Join(" | ", NameRules.Dns1123Label(value)));

    [Theory]
    [InlineData("web.example.com", "")]
    [InlineData("Web", Subdomain)]
    [InlineData("a..b", Subdomain)]
    [InlineData("-a", Subdomain)]
    public void Subdomains(string value, string said) => Assert.Equal(said, string.Join(" | ", NameRules.Dns1123Subdomain(value)));

    [Theory]
    [InlineData("app", "")]
    [InlineData("app.kubernetes.io/Name_1", "")]
    [InlineData("", "name part must be non-empty | name part " + Qualified)]
    [InlineData("/x", "prefix part must be non-empty")]
    [InlineData("Bad/x", "prefix part " + Subdomain)]
    [InlineData("a/b/c", "a qualified name " + Qualified + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')")]
    [InlineData("bad key!", "name part " + Qualified)]
    public void QualifiedNames(string value, string said) => Assert.Equal(said, string.Join(" | ", NameRules.QualifiedName(value)));

    [Fact]
    public void Lengths_AreBounded()
    {
        Assert.Empty(NameRules.Dns1123Label(new string('a', 63)));
        Assert.Equal(["must be no more than 63 characters"], NameRules.Dns1123Label(new string('a', 64)));
        Assert.Empty(NameRules.Dns1123Subdomain(new string('a', 253)));
        Assert.Equal(["must be no more than 253 characters"], NameRules.Dns1123Subdomain(new string('a', 254)));
        Assert.Equal(["must be no more than 63 characters"], NameRules.Dns1035Label(new string('a', 64)));
        Assert.Equal(["must be no more than 63 characters"], NameRules.LabelValue(new string('a', 64)));
        Assert.Equal(["name part must be no more than 63 characters"], NameRules.QualifiedName(new string('a', 64)));
        Assert.Equal(["must be no more than 253 characters"], NameRules.ConfigMapKey(new string('a', 254)));
        Assert.Equal(["must be no more than 15 characters"], NameRules.PortName(new string('a', 16)));
    }

    [Theory]
    [InlineData("tls.crt", "")]
    [InlineData(".hidden", "")]
    [InlineData("..", "must not be '..'")]
    [InlineData(".", "must not be '.'")]
    [InlineData("..x", "must not start with '..'")]
    [InlineData("a b", "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')")]
    public void ConfigMapKeys(string value, string said) => Assert.Equal(said, string.Join(" | ", NameRules.ConfigMapKey(value)));

    [Theory]
    [InlineData("http", "")]
    [InlineData("h2c-1", "")]
    [InlineData("80", "must contain at least one letter (a-z)")]
    [InlineData("a--b", "must not contain consecutive hyphens")]
    [InlineData("Http", "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)")]
    [InlineData("", "must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-) | must contain at least one letter (a-z)")]
    public void PortNames(string value, string said) => Assert.Equal(said, string.Join(" | ", NameRules.PortName(value)));

    [Theory]
    [InlineData("PATH", "")]
    [InlineData("1 odd-but.fine", "")]
    [InlineData("a=b", "a valid environment variable name must consist only of printable ASCII characters other than '='")]
    [InlineData("ü", "a valid environment variable name must consist only of printable ASCII characters other than '='")]
    [InlineData("", "environment variable name must be non-empty")]
    public void EnvironmentVariables(string value, string said) => Assert.Equal(said, string.Join(" | ", NameRules.EnvVarName(value)));

    [Theory]
    [InlineData("x", "")]
    [InlineData("..", "may not be '..'")]
    [InlineData("a/b%c", "may not contain '/' | may not contain '%'")]
    public void PathSegments(string value, string said) => Assert.Equal(said, string.Join(" | ", NameRules.PathSegment(value, prefix: false)));

    [Theory]
    [InlineData("10.9.8.7", "10.9.8.7")]
    [InlineData("010.009.008.007", "10.9.8.7")]
    [InlineData("2001:db8::ffff", "2001:db8::ffff")]
    [InlineData("::ffff:10.0.0.1", "10.0.0.1")]
    [InlineData("10.9.8", null)]
    [InlineData("10.9.8.7.6", null)]
    [InlineData("10.9.8.256", null)]
    [InlineData("10.9.8.-1", null)]
    [InlineData("0x0a.9.8.7", null)]
    [InlineData("[::1]:80", null)]
    [InlineData("fe80::1%eth0", null)]
    [InlineData("", null)]
    public void Addresses(string text, string? read) => Assert.Equal(read, AddressRules.Parse(text)?.ToString());

    [Theory]
    [InlineData("10.0.0.0/8", true)]
    [InlineData("fd00::/64", true)]
    [InlineData("10.0.0.1/32", true)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("fd00::/129", false)]
    [InlineData("10.0.0.0", false)]
    [InlineData("10.0.0.0/-1", false)]
    [InlineData("x/8", false)]
    public void Ranges(string text, bool sound) => Assert.Equal(sound, AddressRules.ParseCidr(text) is not null);
}
