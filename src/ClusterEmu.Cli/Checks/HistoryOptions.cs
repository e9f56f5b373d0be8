namespace ClusterEmu.Cli.Checks;

/// <summary>How hard <c>check history</c> tries.</summary>
/// <param name="Duration">How long clients write and watch.</param>
/// <param name="Writers">Clients that write and read, 1 to 64.</param>
/// <param name="Watchers">Clients that watch, 1 to 64: some fast, some slow, some that break off.</param>
/// <param name="Kills">How often the API server is killed meanwhile.</param>
/// <param name="Seed">Of all that the clients choose. What the server makes of it is not repeatable: its processes are real.</param>
internal sealed record HistoryOptions(TimeSpan Duration, int Writers, int Watchers, int Kills, int Seed)
{
    /// <summary>A small window, so that history is compacted away under slow watchers.</summary>
    public const string Configuration = "cluster-emu.control-plane { watch-window = 64KiB, watch-window-age = 2s }";

    /// <summary>Writers share these few names, so that they meet.</summary>
    public const int Names = 12;

    public const string Resource = "configmaps";

    public const string Namespace = "default";

    public static string Collection => $"/api/v1/namespaces/{Namespace}/{Resource}";
}
