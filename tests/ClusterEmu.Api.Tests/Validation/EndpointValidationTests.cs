namespace ClusterEmu.Api.Tests;

public class EndpointValidationTests
{
    [Theory]
    [InlineData("""[]""", "")]
    [InlineData("""[{"addresses":[{"ip":"203.0.113.10"},{"ip":"10.0.0.1","hostname":"a","nodeName":"node-1"}],"ports":[{"port":80}]}]""", "")]
    [InlineData("""[{"notReadyAddresses":[{"ip":"fd00::1"}]}]""", "")]
    [InlineData("""[{"ports":[{"port":80}]}]""", "subsets[0]: Required value: must specify `addresses` or `notReadyAddresses`")]
    [InlineData("""[{"addresses":[{"ip":"127.0.0.1"},{"ip":"x"}],"ports":[{"port":0}]}]""",
        "subsets[0].addresses[0].ip: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128) | " +
        "subsets[0].addresses[1].ip: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff) | " +
        "subsets[0].addresses[1].ip: Invalid value: \"x\": must be a valid IP address | subsets[0].ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive")]
    [InlineData("""[{"addresses":[{"ip":"::1"},{"ip":"::"},{"ip":"fe80::1"},{"ip":"ff02::1"},{"ip":"0.0.0.0"},{"ip":"169.254.1.1"},{"ip":"224.0.0.5"}]}]""",
        "subsets[0].addresses[0].ip: Invalid value: \"::1\": may not be in the loopback range (127.0.0.0/8, ::1/128) | subsets[0].addresses[1].ip: Invalid value: \"::\": may not be unspecified (::) | " +
        "subsets[0].addresses[2].ip: Invalid value: \"fe80::1\": may not be in the link-local range (169.254.0.0/16, fe80::/10) | " +
        "subsets[0].addresses[3].ip: Invalid value: \"ff02::1\": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10) | " +
        "subsets[0].addresses[4].ip: Invalid value: \"0.0.0.0\": may not be unspecified (0.0.0.0) | " +
        "subsets[0].addresses[5].ip: Invalid value: \"169.254.1.1\": may not be in the link-local range (169.254.0.0/16, fe80::/10) | " +
        "subsets[0].addresses[6].ip: Invalid value: \"224.0.0.5\": may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)")]
    [InlineData("""[{"addresses":[{"ip":"10.0.0.1"}],"ports":[{"port":1},{"name":"b","port":2,"protocol":"X","appProtocol":"a b"}]}]""",
        "subsets[0].ports[0].name: Required value | subsets[0].ports[1].protocol: Unsupported value: \"X\": supported values: \"SCTP\", \"TCP\", \"UDP\" | " +
        "subsets[0].ports[1].appProtocol: Invalid value: \"a b\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
        "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')")]
    public void Endpoints_AreChecked(string subsets, string said)
    {
        var endpoints = EndpointsDefaults.Apply(Some.Of(Kinds.Endpoints, $$"""{"metadata":{"name":"db","namespace":"shop"},"subsets":{{subsets}}}"""));
        Assert.Equal(said, Some.Said(EndpointsValidation.Create(EndpointsStrategy.PrepareForCreate(endpoints))));
        var old = Some.Stored(endpoints with { Subsets = [] });
        Assert.Equal(said, Some.Said(EndpointsValidation.Update(EndpointsStrategy.PrepareForUpdate(endpoints, old, status: false), old)));
    }

    [Theory]
    [InlineData("sorted, once each", """[{"addresses":[{"ip":"10.0.0.2"},{"ip":"10.0.0.1"},{"ip":"10.0.0.2"}],"ports":[{"port":80}]}]""", "10.0.0.1 10.0.0.2 / -> 80")]
    [InlineData("not ready wins", """[{"addresses":[{"ip":"10.0.0.1"}],"notReadyAddresses":[{"ip":"10.0.0.1"}],"ports":[{"port":80}]}]""", "/ 10.0.0.1 -> 80")]
    [InlineData("ports of the same addresses meet", """[{"addresses":[{"ip":"10.0.0.1"}],"ports":[{"name":"a","port":80}]},{"addresses":[{"ip":"10.0.0.1"}],"ports":[{"name":"b","port":81}]}]""", "10.0.0.1 / -> 81 80")]
    [InlineData("others stay apart", """[{"addresses":[{"ip":"10.0.0.1"}],"ports":[{"name":"a","port":80}]},{"addresses":[{"ip":"10.0.0.2"}],"ports":[{"name":"a","port":81}]}]""", "10.0.0.1 / -> 80; 10.0.0.2 / -> 81")]
    [InlineData("addresses of one port meet", """[{"addresses":[{"ip":"10.0.0.2"}],"ports":[{"port":80}]},{"addresses":[{"ip":"10.0.0.1"}],"ports":[{"port":80}]}]""", "10.0.0.1 10.0.0.2 / -> 80")]
    [InlineData("no ports", """[{"addresses":[{"ip":"10.0.0.1"}]},{"addresses":[{"ip":"10.0.0.2"}]}]""", "10.0.0.1 10.0.0.2 / -> ")]
    public void Endpoints_AreRepacked(string because, string subsets, string packed)
    {
        var result = EndpointsStrategy.Repack(EndpointsDefaults.Apply(Some.Of(Kinds.Endpoints, $$"""{"subsets":{{subsets}}}""")).Subsets);
        var text = string.Join("; ", result.Select(subset =>
            string.Concat(subset.Addresses.Select(each => each.IP + " ")) + "/ " + string.Concat(subset.NotReadyAddresses.Select(each => each.IP + " "))
            + "-> " + string.Join(' ', subset.Ports.Select(port => port.Port))));
        Assert.True(packed == text, $"{because}: {text}");
    }

    [Theory]
    [InlineData("""{"addressType":"IPv4","endpoints":[{"addresses":["10.0.0.1"],"nodeName":"node-1","zone":"zone-a","hints":{"forZones":[{"name":"zone-a"}]}}],"ports":[{"name":"a","port":80},{"name":"b","port":81}]}""", "")]
    [InlineData("""{"addressType":"FQDN","endpoints":[{"addresses":["db.example.com."]}]}""", "")]
    [InlineData("""{}""", "addressType: Required value")]
    [InlineData("""{"addressType":"IP"}""", "addressType: Unsupported value: \"IP\": supported values: \"FQDN\", \"IPv4\", \"IPv6\"")]
    [InlineData("""{"addressType":"IPv4","endpoints":[{"addresses":[]}]}""", "endpoints[0].addresses: Required value: must contain at least 1 address")]
    [InlineData("""{"addressType":"IPv4","endpoints":[{"addresses":["fd00::1","127.0.0.1"]}]}""",
        "endpoints[0].addresses[0]: Invalid value: \"fd00::1\": must be a valid IPv4 address | endpoints[0].addresses[1]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)")]
    [InlineData("""{"addressType":"IPv6","endpoints":[{"addresses":["10.0.0.1"]}]}""", "endpoints[0].addresses[0]: Invalid value: \"10.0.0.1\": must be a valid IPv6 address")]
    [InlineData("""{"addressType":"FQDN","endpoints":[{"addresses":["localhost"]}]}""", "endpoints[0].addresses[0]: Invalid value: \"localhost\": should be a domain with at least two segments separated by dots")]
    [InlineData("""{"addressType":"IPv4","ports":[{"port":80},{"port":81}]}""", "ports[1].name: Duplicate value: \"\"")]
    [InlineData("""{"addressType":"IPv4","ports":[{"protocol":"X"}]}""", "ports[0].protocol: Unsupported value: \"X\": supported values: \"SCTP\", \"TCP\", \"UDP\"")]
    [InlineData("""{"addressType":"IPv4","endpoints":[{"addresses":["10.0.0.1"],"hints":{"forZones":[{"name":"a"},{"name":"a"}]}}]}""", "endpoints[0].hints.forZones[1].name: Duplicate value: \"a\"")]
    public void Slices_AreChecked(string slice, string said)
    {
        var value = Some.Of(Kinds.EndpointSlice, slice) with { Metadata = new() { Name = "web-abc", Namespace = "shop" } };
        Assert.Equal(said, Some.Said(EndpointSliceValidation.Create(EndpointSliceDefaults.Apply(value))));
    }

    [Fact]
    public void Slices_AreBounded()
    {
        var slice = Some.Stored(new EndpointSlice { Metadata = new() { Name = "a", Namespace = "b" }, AddressType = "IPv4" });
        var many = slice with { Endpoints = Enumerable.Repeat(new Endpoint { Addresses = ["10.0.0.1"] }, 1001).ToList() };
        Assert.Equal("endpoints: Too many: 1001: must have at most 1000 items", Some.Said(EndpointSliceValidation.Create(many)));
        var wide = slice with { Endpoints = [new() { Addresses = Enumerable.Repeat("10.0.0.1", 101).ToList() }] };
        Assert.Equal("endpoints[0].addresses: Too many: 101: must have at most 100 items", Some.Said(EndpointSliceValidation.Create(wide)));
        Assert.Equal("addressType: Invalid value: \"IPv6\": field is immutable", Some.Said(EndpointSliceValidation.Update(slice with { AddressType = "IPv6" }, slice)));
    }

    [Fact]
    public void Slices_CountGenerations()
    {
        var old = EndpointSliceStrategy.PrepareForCreate(new EndpointSlice { AddressType = "IPv4", Endpoints = [new() { Addresses = ["10.0.0.1"] }] });
        Assert.Equal(1, old.Metadata.Generation);
        Assert.Equal(1, Put(old with { Endpoints = [new() { Addresses = ["10.0.0.1"] }] }));
        Assert.Equal(2, Put(old with { Endpoints = [new() { Addresses = ["10.0.0.2"] }] }));
        Assert.Equal(2, Put(old with { Metadata = old.Metadata with { Labels = new Dictionary<string, string> { ["a"] = "b" } } }));
        Assert.Equal(1, Put(old with { Metadata = old.Metadata with { Annotations = new Dictionary<string, string> { ["a"] = "b" } } }));

        long Put(EndpointSlice wanted) => EndpointSliceStrategy.PrepareForUpdate(wanted, old, status: false).Metadata.Generation;
    }
}
