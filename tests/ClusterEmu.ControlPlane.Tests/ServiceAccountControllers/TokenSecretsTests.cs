using System.Text;
using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.Client.Tests;

namespace ClusterEmu.ControlPlane.Tests;

public sealed class TokenSecretsTests
{
    private static readonly ServiceAccount Account = new() { Metadata = new ObjectMeta { Name = "cart", Namespace = "shop", Uid = "u-1" } };

    [Theory] // account; Secrets as name:uid:token; for all; calls
    [InlineData("there", "s::", false, "Update s")]
    [InlineData("there", "s:u-1:", false, "Update s")]
    [InlineData("there", "s:u-1:held", false, "")]
    [InlineData("there", "s:u-0:held", false, "Delete s")]
    [InlineData("gone", "s:u-1:held t::", false, "Delete s, Delete t")]
    [InlineData("there", "", false, "")]
    [InlineData("there", "", true, "Create cart-token-")]
    [InlineData("there", "s:u-1:held", true, "Update cart")]
    [InlineData("names s", "s:u-1:held", true, "")]
    [InlineData("names x", "s:u-1:held", true, "Update cart")]
    [InlineData("going", "", true, "")]
    public void Plans(string account, string secrets, bool always, string expected)
    {
        var value = account switch
        {
            "gone" => null,
            "going" => Account with { Metadata = Account.Metadata with { DeletionTimestamp = DateTimeOffset.UnixEpoch } },
            "there" => Account,
            _ => Account with { Secrets = [new ObjectReference { Name = account[6..] }] },
        };
        var plan = TokenSecrets.Plan(value, [.. secrets.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Of)], (owner, name) => $"token of {owner.Metadata.Name} in {name}", "PEM", always);
        var calls = string.Join(", ", plan.Calls.Select(call => $"{call.Verb} {call.Body?.Metadata.Name ?? call.Name}"));
        if (expected.EndsWith('-')) Assert.Matches($"^{expected}[bcdfghjklmnpqrstvwxz2456789]{{5}}$", calls);
        else Assert.Equal(expected, calls);
    }

    [Fact]
    public void AFilledSecret_HasCaNamespaceAndToken_AndWhatItHadBefore()
    {
        var plan = TokenSecrets.Plan(Account, [Of("s::") with { Data = new Dictionary<string, byte[]> { ["mine"] = [1] } }], (_, name) => "t-" + name, "PEM", always: false);
        var filled = (Secret)plan.Calls.Single().Body!;
        Assert.Equal("ca.crt=PEM mine=\u0001 namespace=shop token=t-s", string.Join(' ', filled.Data.Select(pair => $"{pair.Key}={Encoding.UTF8.GetString(pair.Value)}")));
        Assert.Equal("u-1", filled.Metadata.Annotations[TokenSecrets.UidAnnotation]);
        Assert.Empty(TokenSecrets.Plan(Account, [filled], (_, _) => "other", "PEM", always: false).Calls);
    }

    [Fact]
    public async Task TheController_FillsASecret_AndTakesItAwayWithItsAccount()
    {
        await using var cluster = new SmallCluster(new ControllerOptions { RootCa = "PEM", TokenFor = (_, name) => "t-" + name });
        cluster.Client.Put(Account);
        cluster.Client.Put(Of("s::"));
        await LiveSystem.Until(() => cluster.Client.Find<Secret>("shop", "s")?.Data.Count == 3, "a filled Secret");
        cluster.Client.Send(ApiCall.Delete(Kinds.ServiceAccount, "shop", "cart"), ActorRefs.Nobody);
        await LiveSystem.Until(() => cluster.Client.Find<Secret>("shop", "s") is null, "no Secret");
    }

    private static Secret Of(string text)
    {
        var parts = text.Split(':');
        var annotations = EmptyMap.Strings.With(TokenSecrets.NameAnnotation, "cart");
        if (parts[1].Length > 0) annotations = annotations.With(TokenSecrets.UidAnnotation, parts[1]);
        var held = new Dictionary<string, byte[]> { ["ca.crt"] = "PEM"u8.ToArray(), ["namespace"] = "shop"u8.ToArray(), ["token"] = Encoding.UTF8.GetBytes(parts[2]) };
        return new Secret
        {
            Metadata = new ObjectMeta { Name = parts[0], Namespace = "shop", Uid = parts[0] + "-uid", Annotations = annotations },
            Type = TokenSecrets.SecretType,
            Data = parts[2].Length > 0 ? held : EmptyMap.Bytes,
        };
    }
}
