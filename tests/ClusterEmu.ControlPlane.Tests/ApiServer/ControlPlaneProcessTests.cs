using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using ClusterEmu.Api;
using ClusterEmu.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace ClusterEmu.ControlPlane.Tests;

/// <summary>Start, restart and refusal of a whole control plane, and what it forwards.</summary>
public sealed class ControlPlaneProcessTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task ARestart_KeepsObjectsAllocationsAndRevisions()
    {
        var directory = Directory.CreateTempSubdirectory("clusteremu-restart-").FullName;
        var system = ActorSystem.Create("restart");
        var options = new ControlPlaneOptions { StateDirectory = directory, Serve = false };
        try
        {
            string revision;
            await using (var first = await ControlPlaneProcess.StartAsync(options, system))
            {
                var made = await first.Client.SendAsync(ApiCall.Create(Named("a", 30500)));
                Assert.True(made.Ok, made.Failure?.Message);
                revision = made.ResourceVersion!;
            }
            await using var second = await ControlPlaneProcess.StartAsync(options, system);
            var again = await second.Client.SendAsync(ApiCall.Get(Kinds.Service, "default", "a"));
            Assert.Equal(revision, again.ResourceVersion);
            var taken = await second.Client.SendAsync(ApiCall.Create(Named("b", 30500)));
            Assert.Equal((422, "Invalid"), (taken.Code, taken.Failure?.Reason));
            var list = await second.Client.SendAsync(ApiCall.List(Kinds.Namespace));
            Assert.Equal(["default", "kube-node-lease", "kube-public", "kube-system"], list.Items!.Select(item => item.Metadata.Name));
            var services = await second.Client.SendAsync(ApiCall.List(Kinds.Service));
            Assert.Equal(["default/a", "default/kubernetes", "kube-system/kube-dns"], services.Items!.Select(item => $"{item.Metadata.Namespace}/{item.Metadata.Name}"));
        }
        finally
        {
            await system.Terminate();
            Directory.Delete(directory, recursive: true);
        }
    }

    [Fact]
    public async Task AStateDirectoryInUse_IsRefused_WithWhatToDo()
    {
        var refused = await RefusedAsync(server.Options);
        Assert.Contains("is in use by another process. Stop that cluster (clusteremu down), or choose another state directory.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnOccupiedPort_IsRefused_WithWhatToDo()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var options = server.Options with { StateDirectory = "", ListenPort = ((IPEndPoint)listener.LocalEndpoint).Port };
        var refused = await RefusedAsync(options);
        Assert.Contains("cluster-emu.control-plane.listen-port", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>Starts a second control plane, in an actor system of its own.</summary>
    private static async Task<IOException> RefusedAsync(ControlPlaneOptions options)
    {
        var system = ActorSystem.Create("second");
        try
        {
            return await Assert.ThrowsAsync<IOException>(() => ControlPlaneProcess.StartAsync(options, system));
        }
        finally
        {
            await system.Terminate();
        }
    }

    [Theory] // what is wrong; the key named
    [InlineData("port", "listen-port")]
    [InlineData("every address", "advertised-host")]
    [InlineData("range", "service-range")]
    [InlineData("nodePorts", "last-node-port")]
    [InlineData("version", "version")]
    [InlineData("pki", "pki-directory")]
    public void BadOptions_AreAllTold(string wrong, string key)
    {
        var options = server.Options;
        options = wrong switch
        {
            "port" => options with { ListenPort = 70000 },
            "every address" => options with { ListenAddress = "0.0.0.0" },
            "range" => options with { ServiceRange = "10.96.0.0/40" },
            "nodePorts" => options with { LastNodePort = 1 },
            "version" => options with { Version = "latest" },
            _ => options with { PkiDirectory = "" },
        };
        Assert.Contains(key, Assert.Single(options.Problems()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThePodOfANewNamespace_WaitsForItsServiceAccount()
    {
        await server.Must(ApiCall.Create(new Namespace { Metadata = new ObjectMeta { Name = "fresh" } }));
        var pod = new Pod
        {
            Metadata = new ObjectMeta { Name = "p", Namespace = "fresh" },
            Spec = new PodSpec { Containers = [new Container { Name = "c", Image = "i" }] },
        };
        var waiting = server.Process.Client.SendAsync(ApiCall.Create(pod));
        await server.Must(ApiCall.Create(new ServiceAccount { Metadata = new ObjectMeta { Name = "default", Namespace = "fresh" } }));
        Assert.True((await waiting).Ok, (await waiting).Failure?.Message);
        await server.Must(ApiCall.Delete(Kinds.ServiceAccount, "fresh", "default"));
        var refused = await server.Process.Client.SendAsync(ApiCall.Create((Pod)pod.WithMetadata(pod.Metadata with { Name = "q" })));
        Assert.Equal((403, "pods \"q\" is forbidden: error looking up service account fresh/default: serviceaccount \"default\" not found"), (refused.Code, refused.Failure?.Message));
    }

    [Fact]
    public async Task TheInProcessClient_ListsAndWatches_ByMessages()
    {
        var ns = await server.NewNamespace();
        var inbox = new Collector(server.System);
        server.Process.Client.Send(ApiCall.List(Kinds.ConfigMap, ns, "tag"), inbox.Ref);
        var list = inbox.Take<ApiReply>();
        Assert.Equal("tag", list.Call.Tag);
        var call = new WatchCall { Kind = Kinds.ConfigMap, Namespace = ns, ResourceVersion = list.ResourceVersion! };
        using var watch = server.Process.Client.Watch(call, inbox.Ref);
        await server.Must(ApiCall.Create(new ConfigMap { Metadata = new ObjectMeta { Name = "m", Namespace = ns } }));
        var seen = inbox.Take<WatchEvent>();
        Assert.Equal((WatchEventType.Added, "m"), (seen.Type, seen.Object!.Metadata.Name));
        server.Process.Client.Watch(call with { ResourceVersion = "bad" }, inbox.Ref);
        Assert.Equal(400, inbox.Take<WatchClosed>().Code);
    }

    [Fact]
    public async Task NodeAndProcessProxies_ForwardOverMutualTls()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(new HttpsConnectionAdapterOptions
        {
            ServerCertificate = server.Pki.Certificate("nodes-1"),
            ClientCertificateMode = ClientCertificateMode.RequireCertificate,
            ClientCertificateValidation = (_, _, _) => true,
        })));
        await using var endpoint = builder.Build();
        endpoint.Run(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            context.Response.StatusCode = 202;
            context.Response.ContentType = "text/x-test";
            var user = context.Connection.ClientCertificate!.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, false);
            await context.Response.WriteAsync($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {await reader.ReadToEndAsync()} by {user}");
        });
        await endpoint.StartAsync();
        await server.Must(ApiCall.Create(new Node
        {
            Metadata = new ObjectMeta { Name = "node-1", Annotations = new Dictionary<string, string> { ["clusteremu.io/process"] = "nodes-1" } },
        }));
        const string direct = "/apis/clusteremu.io/v1alpha1/processes/nodes-1/proxy/clusteremu/request";
        using var unknown = await server.Http.PostAsync(new Uri(direct, UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);
        await server.Must(ApiCall.Create(new Lease
        {
            Metadata = new ObjectMeta
            {
                Name = "clusteremu-process-nodes-1",
                Namespace = "kube-system",
                Annotations = new Dictionary<string, string> { ["clusteremu.io/endpoint"] = endpoint.Urls.First() },
            },
        }));
        using var content = new StringContent("body", new MediaTypeHeaderValue("text/plain"));
        using var posted = await server.Http.PostAsync(new Uri(direct, UriKind.Relative), content);
        Assert.Equal((HttpStatusCode.Accepted, "text/x-test"), (posted.StatusCode, posted.Content.Headers.ContentType?.MediaType));
        Assert.Equal("POST /clusteremu/request body by kube-apiserver", await posted.Content.ReadAsStringAsync());
        var got = await server.Http.GetStringAsync(new Uri("/api/v1/nodes/node-1/proxy/clusteremu/nodes/node-1/tables?service=a/b", UriKind.Relative));
        Assert.Equal("GET /clusteremu/nodes/node-1/tables?service=a/b  by kube-apiserver", got);
        var (code, _) = await server.Send("GET", "/api/v1/nodes/nosuch/proxy/x");
        Assert.Equal(404, code);
    }

    private static Service Named(string name, int nodePort) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default" },
        Spec = new ServiceSpec { Type = "NodePort", Ports = [new ServicePort { Port = 80, NodePort = nodePort }] },
    };
}
