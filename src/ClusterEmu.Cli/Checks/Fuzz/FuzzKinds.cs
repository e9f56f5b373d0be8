namespace ClusterEmu.Cli.Checks.Fuzz;

/// <summary>Objects to begin from: each is right, and is then spoiled.</summary>
internal static class FuzzKinds
{
    public static readonly IReadOnlyList<FuzzKind> All =
    [
        new("/api/v1", "configmaps", true, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"NAME","labels":{"a":"b"}},"data":{"k":"v"},"binaryData":{"b":"AAEC"}}"""),
        new("/api/v1", "secrets", true, """{"apiVersion":"v1","kind":"Secret","metadata":{"name":"NAME"},"type":"Opaque","stringData":{"k":"v"}}"""),
        new("/api/v1", "services", true, """{"apiVersion":"v1","kind":"Service","metadata":{"name":"NAME"},"spec":{"selector":{"a":"b"},"type":"NodePort","ports":[{"name":"http","port":80,"targetPort":"web"},{"name":"tls","port":443,"targetPort":8443,"protocol":"TCP"}],"sessionAffinity":"ClientIP"}}"""),
        new("/api/v1", "pods", true, """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"NAME"},"spec":{"nodeSelector":{"no":"node"},"containers":[{"name":"c","image":"busybox","env":[{"name":"A","value":"1"}],"ports":[{"containerPort":80}],"readinessProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":5},"resources":{"limits":{"cpu":"100m","memory":"1Gi"}}}]}}"""),
        new("/api/v1", "endpoints", true, """{"apiVersion":"v1","kind":"Endpoints","metadata":{"name":"NAME"},"subsets":[{"addresses":[{"ip":"10.0.0.1"}],"ports":[{"port":80}]}]}"""),
        new("/api/v1", "serviceaccounts", true, """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"NAME"}}"""),
        new("/api/v1", "events", true, """{"apiVersion":"v1","kind":"Event","metadata":{"name":"NAME"},"involvedObject":{"kind":"Pod","namespace":"fuzz","name":"x"},"reason":"Fuzz","type":"Normal"}"""),
        new("/api/v1", "nodes", false, """{"apiVersion":"v1","kind":"Node","metadata":{"name":"NAME"},"spec":{"unschedulable":true,"taints":[{"key":"fuzz","effect":"NoSchedule"}]}}"""),
        new("/api/v1", "namespaces", false, """{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"NAME"}}"""),
        new("/apis/apps/v1", "deployments", true, """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"NAME"},"spec":{"replicas":0,"selector":{"matchLabels":{"a":"b"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"nginx"}]}}}}"""),
        new("/apis/apps/v1", "replicasets", true, """{"apiVersion":"apps/v1","kind":"ReplicaSet","metadata":{"name":"NAME"},"spec":{"replicas":0,"selector":{"matchLabels":{"a":"c"}},"template":{"metadata":{"labels":{"a":"c"}},"spec":{"containers":[{"name":"c","image":"nginx"}]}}}}"""),
        new("/apis/discovery.k8s.io/v1", "endpointslices", true, """{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice","metadata":{"name":"NAME"},"addressType":"IPv4","endpoints":[{"addresses":["10.0.0.1"],"conditions":{"ready":true}}],"ports":[{"name":"p","port":80,"protocol":"TCP"}]}"""),
        new("/apis/coordination.k8s.io/v1", "leases", true, """{"apiVersion":"coordination.k8s.io/v1","kind":"Lease","metadata":{"name":"NAME"},"spec":{"holderIdentity":"x","leaseDurationSeconds":15,"renewTime":"2026-01-01T00:00:00.000000Z"}}"""),
        new("/apis/nosuch.example.com/v1", "widgets", true, """{"apiVersion":"nosuch.example.com/v1","kind":"Widget","metadata":{"name":"NAME"}}"""),
    ];
}
