namespace ClusterEmu.Edge;

/// <summary>How load balancers check nodes. Section <c>cluster-emu.edge.load-balancer.health-check</c>.</summary>
/// <remarks>The defaults are those of Google's cloud (8 s, 1 s, 1 and 3 in k8s.io/cloud-provider-gcp): a dead node gets connections for up to 24 s.</remarks>
public sealed record HealthCheckOptions
{
    private const string Section = "cluster-emu.edge.load-balancer.health-check";
    private const string OfProfile = "profile";

    /// <summary>Time from one question to the next. Above 0. Default: 8 s.</summary>
    public TimeSpan Period { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>A node that has not answered by then fails the check. Above 0, at most the period. Default: 1 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>So many answers in a row make an unhealthy node healthy. 1 to 10. Default: 1.</summary>
    public int HealthyThreshold { get; init; } = 1;

    /// <summary>So many failures in a row make a healthy node unhealthy. 1 to 10. Default: 3.</summary>
    public int UnhealthyThreshold { get; init; } = 3;

    /// <summary>Those of the profile <c>fast</c>: a dead node gets connections for about a second.</summary>
    public static readonly HealthCheckOptions Fast = new()
    {
        Period = TimeSpan.FromMilliseconds(500),
        Timeout = TimeSpan.FromMilliseconds(500),
        UnhealthyThreshold = 2,
    };

    /// <param name="profile"><c>fast</c>, or anything else for the defaults.</param>
    public static HealthCheckOptions Of(string profile) => profile == "fast" ? Fast : new HealthCheckOptions();

    /// <summary>Reads the section; the word <c>profile</c> leaves a key to <c>cluster-emu.controllers.profile</c>.</summary>
    public static HealthCheckOptions From(Config config)
    {
        var usual = Of(config.GetString("cluster-emu.controllers.profile", "default") ?? "");
        return new HealthCheckOptions
        {
            Period = Time($"{Section}.period", usual.Period),
            Timeout = Time($"{Section}.timeout", usual.Timeout),
            HealthyThreshold = Count($"{Section}.healthy-threshold", usual.HealthyThreshold),
            UnhealthyThreshold = Count($"{Section}.unhealthy-threshold", usual.UnhealthyThreshold),
        };

        bool IsOfProfile(string key) => config.GetString(key, OfProfile) == OfProfile;
        TimeSpan Time(string key, TimeSpan known) => IsOfProfile(key) ? known : config.GetTimeSpan(key);
        int Count(string key, int known) => IsOfProfile(key) ? known : config.GetInt(key);
    }

    /// <summary>Every problem, with key, value and remedy; empty if the options can be used.</summary>
    public IEnumerable<string> Problems()
    {
        if (Period <= TimeSpan.Zero)
            yield return $"{Section}.period is {Period}, but must be above 0. Usual: 8s, or profile for what cluster-emu.controllers.profile says.";
        if (Timeout <= TimeSpan.Zero || Timeout > Period)
            yield return $"{Section}.timeout is {Timeout}, but must be above 0 and at most the period, {Period}. Usual: 1s, or profile for what cluster-emu.controllers.profile says.";
        if (HealthyThreshold is < 1 or > 10)
            yield return $"{Section}.healthy-threshold is {HealthyThreshold}, but must be 1 to 10. Usual: 1.";
        if (UnhealthyThreshold is < 1 or > 10)
            yield return $"{Section}.unhealthy-threshold is {UnhealthyThreshold}, but must be 1 to 10. Usual: 3, or profile for what cluster-emu.controllers.profile says.";
    }
}
