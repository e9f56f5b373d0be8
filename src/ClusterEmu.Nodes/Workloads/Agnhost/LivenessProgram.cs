namespace ClusterEmu.Nodes;

/// <summary><c>agnhost liveness</c>: healthy on port 8080 for ten seconds, then 500, so that a liveness probe has something to find.</summary>
public static class LivenessProgram
{
    private static readonly TimeSpan Healthy = TimeSpan.FromSeconds(10);

    public static ContainerPlan Plan() => new() { Listeners = [ListenerPlan.ForHttp(8080, Answer)], StopCode = 2 };

    private static HttpAnswer Answer(in HttpAsk ask, ContainerFacts facts)
    {
        var age = ask.Now - facts.StartedAt;
        return ask.Path switch
        {
            "/started" => HttpAnswer.Text(((long)age.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture)),
            "/healthz" => age > Healthy ? HttpAnswer.Text($"error: {age.TotalSeconds:F9}", 500) : HttpAnswer.Text("ok"),
            _ => HttpAnswer.Text("404 page not found\n", 404),
        };
    }
}
