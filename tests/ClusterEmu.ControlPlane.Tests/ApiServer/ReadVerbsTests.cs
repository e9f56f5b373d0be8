using ClusterEmu.Api;
using ClusterEmu.Client;
using ClusterEmu.ControlPlane.ApiServer;
using ClusterEmu.ControlPlane.Storage;
using ClusterEmu.Hosting;
using ApiRequest = ClusterEmu.ControlPlane.ApiServer.ApiRequest;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Lists of a store that has forgotten its past, as it has after a restart.</summary>
public sealed class ReadVerbsTests : IDisposable
{
    private readonly ActorSystem _system = ActorSystem.Create("reads-" + Guid.NewGuid().ToString("n"));
    private readonly StoreReader _reader = new();
    private readonly ReadVerbs _reads;

    public ReadVerbsTests()
    {
        var snapshot = StoreSnapshot.Empty;
        foreach (var name in (string[])["a", "b", "c"])
        {
            var revision = snapshot.Revision + 10;
            snapshot = snapshot.Apply(new StoreEvent(revision, StoreEventType.Created, StoredObject.Encode(Kinds.ConfigMap, StoreFixture.Map(name), revision), null, 0));
        }
        _reader.Publish(snapshot, []);
        _reads = new ReadVerbs(_reader, Determinism.For(_system));
    }

    public void Dispose() => _system.Terminate().Wait(TimeSpan.FromSeconds(20));

    [Theory] // revision, match, limit; the objects, or the code
    [InlineData(null, null, 0, "a b c")]
    [InlineData("0", null, 1, "a b c")]
    [InlineData("5", null, 0, "a b c")]
    [InlineData("5", "NotOlderThan", 2, "a b")]
    [InlineData("31", "Exact", 0, "a b c")]
    [InlineData("31", null, 2, "a b")]
    [InlineData("5", "Exact", 0, "410")]
    [InlineData("5", null, 2, "410")]
    [InlineData("32", null, 0, "504")]
    [InlineData("32", "Exact", 0, "504")]
    [InlineData("32", "NotOlderThan", 0, "504")]
    public void TheRevisionAskedFor_DecidesWhatIsShown(string? revision, string? match, int limit, string expected)
    {
        var request = new ApiRequest { Verb = ApiVerb.List, Kind = Kinds.ConfigMap, ResourceVersion = revision, ResourceVersionMatch = match, Limit = limit };
        Assert.Equal(expected, Names(request));
    }

    [Fact]
    public void AnOldToken_IsExpired_AndComesBackAsOneThatGoesOnAllTheSame()
    {
        var request = new ApiRequest { Verb = ApiVerb.List, Kind = Kinds.ConfigMap, Namespace = "default", Limit = 1, Continue = new ContinueToken(5, new ObjectKey("", "a")).Encode() };
        var refused = Assert.Throws<ApiException>(() => _reads.Run(request)).Status;
        Assert.Equal((410, "Expired"), (refused.Code, refused.Reason));
        Assert.StartsWith("The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response", refused.Message, StringComparison.Ordinal);
        var rest = _reads.Run(request with { Continue = refused.Metadata.Continue }).List!;
        Assert.Equal(("b", 31L, 1L), (rest.Items.Single().Name, rest.Revision, rest.Remaining));
        Assert.Equal("c", Names(request with { Continue = rest.Continue }));
    }

    private string Names(ApiRequest request)
    {
        try
        {
            return string.Join(' ', _reads.Run(request).List!.Items.Select(item => item.Name));
        }
        catch (ApiException refused)
        {
            return refused.Status.Code.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
    }
}
