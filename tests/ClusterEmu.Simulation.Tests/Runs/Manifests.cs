namespace ClusterEmu.Simulation.Tests;

/// <summary>Objects that scenarios of these tests are made of.</summary>
internal static class Manifests
{
    /// <summary>A Deployment of nginx, labelled <c>app: NAME</c>.</summary>
    public static string Deployment(string name, int replicas, int gracePeriodSeconds = 30) => $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: {{{name}}}}
        spec:
          replicas: {{{replicas}}}
          selector: {matchLabels: {app: {{{name}}}}}
          template:
            metadata: {labels: {app: {{{name}}}}}
            spec:
              terminationGracePeriodSeconds: {{{gracePeriodSeconds}}}
              containers:
              - {name: web, image: "nginx:1.27"}
        """;

    /// <summary>A Service in front of the Pods of a Deployment of the same name.</summary>
    public static string Service(string name) => Service(name, $"selector: {{app: {name}}}, ports: [{{port: 80}}]");

    /// <param name="name">The Service's.</param>
    /// <param name="spec">What stands between the braces of its spec.</param>
    public static string Service(string name, string spec) => $$$"""
        apiVersion: v1
        kind: Service
        metadata: {name: {{{name}}}}
        spec: {{{{spec}}}}
        """;

    public static string All(params string[] documents) => string.Join("\n---\n", documents);
}
