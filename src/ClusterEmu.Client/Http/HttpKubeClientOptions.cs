using System.Security.Cryptography.X509Certificates;

namespace ClusterEmu.Client;

/// <summary>Where an API server is and how to be let in.</summary>
public sealed record HttpKubeClientOptions
{
    /// <summary>Such as <c>https://127.0.0.1:6443</c>.</summary>
    public required Uri Server { get; init; }

    /// <summary>The cluster's CA: the only one that the server's certificate may come from. Null: those that the machine trusts.</summary>
    public X509Certificate2? Ca { get; init; }

    /// <summary>The client's certificate with its key; null to show none.</summary>
    public X509Certificate2? ClientCertificate { get; init; }

    /// <summary>A bearer token; null to send none.</summary>
    public string? Token { get; init; }

    /// <summary>How long one request may take, watches aside. Above 0. Default: 30 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a connection is tried again, every 20 ms, while nothing listens at the server's port: requests wait meanwhile, so that all
    /// go out as soon as a server starts. 0 to 10 s. Default: 0, a request fails at once.
    /// </summary>
    public TimeSpan ConnectPatience { get; init; } = TimeSpan.Zero;
}
