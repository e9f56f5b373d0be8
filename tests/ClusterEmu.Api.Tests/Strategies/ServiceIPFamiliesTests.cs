namespace ClusterEmu.Api.Tests;

public class ServiceIPFamiliesTests
{
    [Theory] // what a create says, the cluster's ranges, policy and families (or what is refused)
    [InlineData("""{}""", "IPv4", "SingleStack IPv4")]
    [InlineData("""{}""", "IPv6 IPv4", "SingleStack IPv6")]
    [InlineData("""{"clusterIP":"10.96.0.9"}""", "IPv4", "SingleStack IPv4")]
    [InlineData("""{"clusterIP":"fd00::9"}""", "IPv4 IPv6", "SingleStack IPv6")]
    [InlineData("""{"clusterIP":"None","selector":{"a":"b"}}""", "IPv4", "SingleStack IPv4")]
    [InlineData("""{"clusterIP":"None"}""", "IPv4", "RequireDualStack IPv4,IPv6")]
    [InlineData("""{"clusterIP":"None","ipFamilyPolicy":"SingleStack"}""", "IPv4", "SingleStack IPv4")]
    [InlineData("""{"ipFamilyPolicy":"PreferDualStack"}""", "IPv4", "PreferDualStack IPv4")]
    [InlineData("""{"ipFamilyPolicy":"PreferDualStack"}""", "IPv4 IPv6", "PreferDualStack IPv4,IPv6")]
    [InlineData("""{"type":"ExternalName","externalName":"a.b"}""", "IPv4", " ")]
    [InlineData("""{"ipFamilyPolicy":"RequireDualStack"}""", "IPv4", "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": this cluster is not configured for dual-stack services")]
    [InlineData("""{"ipFamilies":["IPv6"]}""", "IPv4", "spec.ipFamilies[0]: Invalid value: \"IPv6\": not configured on this cluster")]
    [InlineData("""{"ipFamilies":["IPv5"]}""", "IPv4", "spec.ipFamilies[0]: Unsupported value: \"IPv5\": supported values: \"IPv4\", \"IPv6\"")]
    [InlineData("""{"ipFamilies":["IPv4","IPv4"]}""", "IPv4", "spec.ipFamilies[1]: Duplicate value: \"IPv4\"")]
    [InlineData("""{"ipFamilies":["IPv4","IPv6"]}""", "IPv4 IPv6", "spec.ipFamilyPolicy: Invalid value: \"SingleStack\": must be 'RequireDualStack' or 'PreferDualStack' when multiple IP families are specified")]
    [InlineData("""{"ipFamilyPolicy":"Both"}""", "IPv4", "spec.ipFamilyPolicy: Unsupported value: \"Both\": supported values: \"PreferDualStack\", \"RequireDualStack\", \"SingleStack\"")]
    [InlineData("""{"clusterIP":"fd00::9"}""", "IPv4", "spec.clusterIPs[0]: Invalid value: []string{\"fd00::9\"}: IPv6 is not configured on this cluster")]
    [InlineData("""{"clusterIP":"10.96.0.9","ipFamilies":["IPv6"]}""", "IPv4 IPv6", "spec.clusterIPs[0]: Invalid value: \"10.96.0.9\": expected an IPv6 value as indicated by `ipFamilies[0]`")]
    [InlineData("""{"clusterIP":"nonsense"}""", "IPv4", "spec.clusterIPs[0]: Invalid value: \"nonsense\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("""{"clusterIPs":["10.96.0.9"]}""", "IPv4", "spec.clusterIPs: Invalid value: []string{\"10.96.0.9\"}: must be empty when `clusterIP` is not specified")]
    [InlineData("""{"clusterIP":"10.96.0.8","clusterIPs":["10.96.0.9"]}""", "IPv4", "spec.clusterIPs: Invalid value: []string{\"10.96.0.9\"}: first value must match `clusterIP`")]
    [InlineData("""{"clusterIP":"None","clusterIPs":["None","10.96.0.9"]}""", "IPv4", "spec.clusterIPs: Invalid value: []string{\"None\", \"10.96.0.9\"}: 'None' must be the first and only value")]
    [InlineData("""{"clusterIP":"10.96.0.8","clusterIPs":["10.96.0.8","10.96.0.9"]}""", "IPv4", "spec.clusterIPs: Invalid value: []string{\"10.96.0.8\", \"10.96.0.9\"}: may specify no more than one IP for each IP family")]
    public void Create_GetsFamilies(string spec, string ranges, string expected) => Assert.Equal(expected, Assign(spec, null, ranges));

    [Theory] // as stored; as wanted
    [InlineData("the policy stays", """{"ipFamilyPolicy":"PreferDualStack","ipFamilies":["IPv4"]}""", """{}""", "IPv4", "PreferDualStack IPv4")]
    [InlineData("a new range changes nothing", """{"ipFamilyPolicy":"PreferDualStack","ipFamilies":["IPv4"]}""", """{"ipFamilyPolicy":"PreferDualStack","ipFamilies":["IPv4"]}""", "IPv4 IPv6", "PreferDualStack IPv4")]
    [InlineData("an upgrade adds a family", """{"ipFamilyPolicy":"SingleStack","ipFamilies":["IPv4"]}""", """{"ipFamilyPolicy":"RequireDualStack"}""", "IPv4 IPv6", "RequireDualStack IPv4,IPv6")]
    [InlineData("a downgrade takes one", """{"ipFamilyPolicy":"RequireDualStack","ipFamilies":["IPv4","IPv6"]}""", """{"ipFamilyPolicy":"SingleStack","ipFamilies":["IPv4","IPv6"]}""", "IPv4 IPv6", "SingleStack IPv4")]
    [InlineData("but must be said", """{"ipFamilyPolicy":"RequireDualStack","ipFamilies":["IPv4","IPv6"]}""", """{"ipFamilies":["IPv4"]}""", "IPv4 IPv6",
        "spec.ipFamilyPolicy: Invalid value: \"RequireDualStack\": must be 'SingleStack' to release the secondary IP family")]
    public void Update_KeepsOrChangesFamilies(string because, string old, string now, string ranges, string expected) =>
        Assert.True(expected == Assign(now, old, ranges), $"{because}: {Assign(now, old, ranges)}");

    private static string Assign(string spec, string? old, string ranges)
    {
        var wanted = ServiceStrategy.PrepareForCreate(Service(spec));
        var (service, errors) = ServiceIPFamilies.Assign(wanted, old is null ? null : Service(old), ranges.Split(' '));
        return errors.Count > 0 ? Some.Said(errors) : $"{service.Spec.IPFamilyPolicy} {string.Join(',', service.Spec.IPFamilies)}";
    }

    private static Service Service(string spec) => ServiceDefaults.Apply(Some.Of(Kinds.Service, $$"""{"metadata":{"name":"web"},"spec":{{spec}}}"""));
}
