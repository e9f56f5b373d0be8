namespace ClusterEmu.EndToEnd.Tests.Harness;

/// <summary>The course's web Pods and their Service.</summary>
public static class WebManifests
{
    public const string Deployment = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 3
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
              - name: web
                image: registry.k8s.io/e2e-test-images/agnhost:2.53
                args: ["netexec", "--http-port=8080"]
                ports: [{containerPort: 8080}]
        """;

    public const string Service = """
        apiVersion: v1
        kind: Service
        metadata:
          name: web-svc
        spec:
          selector:
            app: web
          ports:
          - port: 80
            targetPort: 8080
        """;
}
