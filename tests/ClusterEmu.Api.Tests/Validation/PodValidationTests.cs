namespace ClusterEmu.Api.Tests;

public class PodValidationTests
{
    [Theory]
    [InlineData("a bare container", "")]
    [InlineData("ports", """ "ports":[{"name":"http","containerPort":80},{"name":"dns","containerPort":53,"protocol":"UDP","hostPort":53}] """)]
    [InlineData("variables", """ "env":[{"name":"A","value":"1"},{"name":"B","valueFrom":{"fieldRef":{"fieldPath":"status.podIP"}}},{"name":"C","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}},{"name":"D","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu","divisor":"1m"}}},{"name":"E","valueFrom":{"fieldRef":{"fieldPath":"metadata.labels['app']"}}}],"envFrom":[{"prefix":"P_","configMapRef":{"name":"m"}}] """)]
    [InlineData("probes", """ "livenessProbe":{"tcpSocket":{"port":80}},"readinessProbe":{"httpGet":{"path":"/r","port":"http","httpHeaders":[{"name":"X-A","value":"b"}]}},"startupProbe":{"grpc":{"port":9}},"lifecycle":{"preStop":{"sleep":{"seconds":5}},"postStart":{"exec":{"command":["true"]}}} """)]
    [InlineData("resources", """ "resources":{"limits":{"cpu":"1","memory":"1Gi","example.com/gpu":"1"},"requests":{"cpu":"500m"}} """)]
    [InlineData("security", """ "securityContext":{"runAsUser":1000,"privileged":true,"seccompProfile":{"type":"RuntimeDefault"}} """)]
    public void Create_AcceptsContainers(string because, string container) => Accepts(because, Some.PodWith(container));

    [Theory]
    [InlineData("volumes of all sorts that matter", """{"volumes":[{"name":"a"},{"name":"b","configMap":{"name":"m","items":[{"key":"k","path":"p/q"}]}},{"name":"c","secret":{"secretName":"s","defaultMode":511}},{"name":"d","hostPath":{"path":"/x","type":"Directory"}},{"name":"e","downwardAPI":{"items":[{"path":"l","fieldRef":{"fieldPath":"metadata.labels"}}]}},{"name":"f","persistentVolumeClaim":{"claimName":"p"}},{"name":"g","projected":{"sources":[{"serviceAccountToken":{"path":"token"}},{"configMap":{"name":"ca"}}]}}],"serviceAccountName":"default","containers":[{"name":"c","image":"i","volumeMounts":[{"name":"a","mountPath":"/a"},{"name":"b","mountPath":"/b","subPath":"x","readOnly":true}]}]}""")]
    [InlineData("init containers and sidecars", """{"initContainers":[{"name":"i","image":"i"},{"name":"s","image":"i","restartPolicy":"Always","readinessProbe":{"exec":{"command":["true"]}}}],"containers":[{"name":"c","image":"i"}]}""")]
    [InlineData("host network", """{"hostNetwork":true,"containers":[{"name":"c","image":"i","ports":[{"containerPort":80}]}]}""")]
    [InlineData("placement", """{"nodeSelector":{"a":"b"},"tolerations":[{"operator":"Exists"},{"key":"k","value":"v","effect":"NoSchedule"}],"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"z","operator":"In","values":["zone-a"]}],"matchFields":[{"key":"metadata.name","operator":"In","values":["node-1"]}]}]}},"podAntiAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":1,"podAffinityTerm":{"topologyKey":"kubernetes.io/hostname","labelSelector":{"matchLabels":{"a":"b"}}}}]}},"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"z","whenUnsatisfiable":"DoNotSchedule","labelSelector":{"matchLabels":{"a":"b"}}}],"containers":[{"name":"c","image":"i"}]}""")]
    [InlineData("its own DNS", """{"dnsPolicy":"None","dnsConfig":{"nameservers":["1.1.1.1"],"searches":["example.com."],"options":[{"name":"ndots","value":"2"}]},"hostname":"h","subdomain":"s","hostAliases":[{"ip":"10.0.0.1","hostnames":["a.b"]}],"containers":[{"name":"c","image":"i"}]}""")]
    public void Create_AcceptsPods(string because, string spec) => Accepts(because, Some.Pod(spec));

    [Theory]
    [InlineData(""" "ports":[{"containerPort":0},{"containerPort":70000,"hostPort":-1,"protocol":"X"}] """,
        "spec.containers[0].ports[0].containerPort: Required value | spec.containers[0].ports[1].containerPort: Invalid value: 70000: must be between 1 and 65535, inclusive | " +
        "spec.containers[0].ports[1].hostPort: Invalid value: -1: must be between 1 and 65535, inclusive | spec.containers[0].ports[1].protocol: Unsupported value: \"X\": supported values: \"SCTP\", \"TCP\", \"UDP\"")]
    [InlineData(""" "ports":[{"name":"a","containerPort":1},{"name":"a","containerPort":2}] """, "spec.containers[0].ports[1].name: Duplicate value: \"a\"")]
    [InlineData(""" "ports":[{"containerPort":1,"hostPort":9},{"containerPort":2,"hostPort":9}] """, "spec.containers[0].ports[1].hostPort: Duplicate value: \"TCP//9\"")]
    [InlineData(""" "imagePullPolicy":"Sometimes" """, "spec.containers[0].imagePullPolicy: Unsupported value: \"Sometimes\": supported values: \"Always\", \"IfNotPresent\", \"Never\"")]
    [InlineData(""" "terminationMessagePolicy":"x" """, "spec.containers[0].terminationMessagePolicy: Unsupported value: \"x\": supported values: \"File\", \"FallbackToLogsOnError\"")]
    [InlineData(""" "restartPolicy":"Always" """, "spec.containers[0].restartPolicy: Forbidden: may not be set for non-init containers")]
    [InlineData(""" "env":[{"name":""}] """, "spec.containers[0].env[0].name: Required value")]
    [InlineData(""" "env":[{"name":"A","valueFrom":{}}] """, "spec.containers[0].env[0].valueFrom: Invalid value: \"\": must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`")]
    [InlineData(""" "env":[{"name":"A","value":"x","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}] """, "spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty")]
    [InlineData(""" "env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"},"secretKeyRef":{"name":"s","key":"k"}}}] """, "spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not have more than one field specified at a time")]
    [InlineData(""" "env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"metadata.labels"}}}] """,
        "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: \"metadata.labels\": supported values: \"metadata.name\", \"metadata.namespace\", \"metadata.uid\", " +
        "\"spec.nodeName\", \"spec.serviceAccountName\", \"status.hostIP\", \"status.hostIPs\", \"status.podIP\", \"status.podIPs\"")]
    [InlineData(""" "env":[{"name":"A","valueFrom":{"fieldRef":{"fieldPath":"spec.nosuch"}}}] """,
        "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"spec.nosuch\": error converting fieldPath: field label not supported: spec.nosuch")]
    [InlineData(""" "env":[{"name":"A","valueFrom":{"resourceFieldRef":{"resource":"limits.gold"}}}] """,
        "spec.containers[0].env[0].valueFrom.resourceFieldRef.resource: Unsupported value: \"limits.gold\": supported values: \"limits.cpu\", \"limits.ephemeral-storage\", \"limits.memory\", " +
        "\"requests.cpu\", \"requests.ephemeral-storage\", \"requests.memory\"")]
    [InlineData(""" "env":[{"name":"A","valueFrom":{"resourceFieldRef":{"resource":"limits.cpu","divisor":"5"}}}] """,
        "spec.containers[0].env[0].valueFrom.resourceFieldRef.divisor: Invalid value: \"limits.cpu\": only divisor's values 1m and 1 are supported with the cpu resource")]
    [InlineData(""" "env":[{"name":"A","valueFrom":{"configMapKeyRef":{"name":"m","key":""}}}] """, "spec.containers[0].env[0].valueFrom.configMapKeyRef.key: Required value")]
    [InlineData(""" "envFrom":[{}] """, "spec.containers[0].envFrom: Invalid value: \"\": must specify one of: `configMapRef` or `secretRef`")]
    [InlineData(""" "envFrom":[{"secretRef":{"name":""}}] """, "spec.containers[0].envFrom[0].secretRef.name: Required value")]
    [InlineData(""" "livenessProbe":{} """, "spec.containers[0].livenessProbe: Required value: must specify a handler type")]
    [InlineData(""" "livenessProbe":{"exec":{},"tcpSocket":{"port":80},"successThreshold":2} """,
        "spec.containers[0].livenessProbe.exec.command: Required value | spec.containers[0].livenessProbe.tcpSocket: Forbidden: may not specify more than 1 handler type | " +
        "spec.containers[0].livenessProbe.successThreshold: Invalid value: 2: must be 1")]
    [InlineData(""" "readinessProbe":{"httpGet":{"port":0,"scheme":"FTP","httpHeaders":[{"name":"a b","value":""}]},"periodSeconds":-1} """,
        "spec.containers[0].readinessProbe.httpGet.port: Invalid value: 0: must be between 1 and 65535, inclusive | " +
        "spec.containers[0].readinessProbe.httpGet.scheme: Unsupported value: \"FTP\": supported values: \"HTTP\", \"HTTPS\" | " +
        "spec.containers[0].readinessProbe.httpGet.httpHeaders: Invalid value: \"a b\": a valid HTTP header must consist of alphanumeric characters or '-' (e.g. 'X-Header-Name', regex used for validation is '[-A-Za-z0-9]+') | " +
        "spec.containers[0].readinessProbe.periodSeconds: Invalid value: -1: must be greater than or equal to 0")]
    [InlineData(""" "readinessProbe":{"tcpSocket":{"port":"x"},"terminationGracePeriodSeconds":5} """, "spec.containers[0].readinessProbe.terminationGracePeriodSeconds: Invalid value: 5: must not be set for readinessProbes")]
    [InlineData(""" "lifecycle":{"preStop":{"sleep":{"seconds":31}}} """,
        "spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be greater than 0 and less than terminationGracePeriodSeconds (30). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep.")]
    [InlineData(""" "resources":{"limits":{"cpu":"1"},"requests":{"cpu":"2"}} """, "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1")]
    [InlineData(""" "resources":{"requests":{"cpu":"-1"}} """, "spec.containers[0].resources.requests[cpu]: Invalid value: \"-1\": must be greater than or equal to 0")]
    [InlineData(""" "resources":{"requests":{"gold":"1"}} """,
        "spec.containers[0].resources.requests[gold]: Invalid value: \"gold\": must be a standard resource type or fully qualified | " +
        "spec.containers[0].resources.requests[gold]: Invalid value: \"gold\": must be a standard resource for containers")]
    [InlineData(""" "resources":{"requests":{"example.com/gpu":"1"}} """, "spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources")]
    [InlineData(""" "resources":{"limits":{"example.com/gpu":"1500m"}} """,
        "spec.containers[0].resources.limits[example.com/gpu]: Invalid value: resource.Quantity{i:resource.int64Amount{value:1500, scale:-3}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:\"\", Format:\"DecimalSI\"}: must be an integer | " +
        "spec.containers[0].resources.requests[example.com/gpu]: Invalid value: resource.Quantity{i:resource.int64Amount{value:1500, scale:-3}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:\"\", Format:\"DecimalSI\"}: must be an integer")]
    [InlineData(""" "resources":{"limits":{"hugepages-2Mi":"4Mi"}} """, "spec.containers[0].resources: Forbidden: HugePages require cpu or memory")]
    [InlineData(""" "resources":{"claims":[{"name":"x"}]} """, "spec.containers[0].resources.claims[0]: Not found: \"x\": must be one of the names in pod.spec.resourceClaims which is empty")]
    [InlineData(""" "volumeMounts":[{"name":"v","mountPath":""}] """, "spec.containers[0].volumeMounts[0].name: Not found: \"v\" | spec.containers[0].volumeMounts[0].mountPath: Required value")]
    [InlineData(""" "securityContext":{"runAsUser":-1} """, "spec.containers[0].securityContext.runAsUser: Invalid value: -1: must be between 0 and 2147483647, inclusive")]
    [InlineData(""" "securityContext":{"seccompProfile":{"type":"Localhost"}} """, "spec.containers[0].securityContext.seccompProfile.localhostProfile: Required value: must be set when seccomp type is Localhost")]
    public void Create_RefusesContainers(string container, string said) => Assert.Equal(said, Some.Said(PodValidation.Create(Some.PodWith(container))));

    [Theory]
    [InlineData("""{}""", "spec.containers: Required value")]
    [InlineData("""{"containers":[{"name":"A","image":""}]}""",
        "spec.containers[0].name: Invalid value: \"A\": a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character " +
        "(e.g. 'my-name',  or '123-abc', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?') | spec.containers[0].image: Required value")]
    [InlineData("""{"containers":[{"image":"i"},{"name":"a","image":" i"},{"name":"a","image":"i"}]}""",
        "spec.containers[0].name: Required value | spec.containers[2].name: Duplicate value: \"a\" | spec.containers[1].image: Invalid value: \" i\": must not have leading or trailing whitespace")]
    [InlineData("""{"initContainers":[{"name":"c","image":"i","livenessProbe":{"tcpSocket":{"port":1}},"restartPolicy":"Never"}],"containers":[{"name":"c","image":"i"}]}""",
        "spec.initContainers[0].restartPolicy: Unsupported value: \"Never\": supported values: \"Always\" | spec.initContainers[0].name: Duplicate value: \"c\" | " +
        "spec.initContainers[0].livenessProbe: Forbidden: may not be set for init containers without restartPolicy=Always")]
    [InlineData("""{"restartPolicy":"Maybe","dnsPolicy":"Mine","containers":[{"name":"c","image":"i"}]}""",
        "spec.restartPolicy: Unsupported value: \"Maybe\": supported values: \"Always\", \"OnFailure\", \"Never\" | " +
        "spec.dnsPolicy: Unsupported value: \"Mine\": supported values: \"ClusterFirstWithHostNet\", \"ClusterFirst\", \"Default\", \"None\"")]
    [InlineData("""{"dnsPolicy":"None","containers":[{"name":"c","image":"i"}]}""", "spec.dnsConfig: Required value: must provide `dnsConfig` when `dnsPolicy` is None")]
    [InlineData("""{"dnsPolicy":"None","dnsConfig":{},"containers":[{"name":"c","image":"i"}]}""", "spec.dnsConfig.nameservers: Required value: must provide at least one DNS nameserver when `dnsPolicy` is None")]
    [InlineData("""{"dnsConfig":{"nameservers":["1.1.1.1","1.1.1.2","1.1.1.3","x"],"options":[{}]},"containers":[{"name":"c","image":"i"}]}""",
        "spec.dnsConfig.nameservers: Invalid value: []string{\"1.1.1.1\", \"1.1.1.2\", \"1.1.1.3\", \"x\"}: must not have more than 3 nameservers | " +
        "spec.dnsConfig.nameservers[3]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff) | spec.dnsConfig.options[0]: Required value: must not be empty")]
    [InlineData("""{"hostNetwork":true,"containers":[{"name":"c","image":"i","ports":[{"containerPort":80,"hostPort":81}]}]}""",
        "spec.containers[0].ports[0].hostPort: Invalid value: 81: must match `containerPort` when `hostNetwork` is true")]
    [InlineData("""{"volumes":[{"name":"v","emptyDir":{},"secret":{"secretName":"s"}},{"name":"w","configMap":{}},{"name":"x"},{"name":"x"},{"hostPath":{"path":"/a/../b"}}],"containers":[{"name":"c","image":"i"}]}""",
        "spec.volumes[0].secret: Forbidden: may not specify more than 1 volume type | spec.volumes[1].configMap.name: Required value | spec.volumes[3].name: Duplicate value: \"x\" | " +
        "spec.volumes[4].hostPath.path: Invalid value: \"/a/../b\": must not contain '..' | spec.volumes[4].name: Required value")]
    [InlineData("""{"volumes":[{"name":"v","secret":{"secretName":"s","defaultMode":512,"items":[{"key":"k","path":"/abs"},{"key":"","path":"..x"}]}}],"containers":[{"name":"c","image":"i"}]}""",
        "spec.volumes[0].secret.defaultMode: Invalid value: 512: must be a number between 0 and 0777 (octal), both inclusive | " +
        "spec.volumes[0].secret.items[0].path: Invalid value: \"/abs\": must be a relative path | spec.volumes[0].secret.items[1].key: Required value | " +
        "spec.volumes[0].secret.items[1].path: Invalid value: \"..x\": must not start with '..'")]
    [InlineData("""{"serviceAccountName":"default","volumes":[{"name":"v","projected":{"sources":[{},{"serviceAccountToken":{"path":"t","expirationSeconds":60}},{"secret":{"name":"s","items":[{"key":"k","path":"t"}]}}]}}],"containers":[{"name":"c","image":"i"}]}""",
        "spec.volumes[0].projected.sources[0]: Required value: must specify a volume type | " +
        "spec.volumes[0].projected.sources[1].serviceAccountToken.expirationSeconds: Invalid value: 60: may not specify a duration less than 10 minutes | " +
        "spec.volumes[0].projected: Invalid value: \"s\": conflicting duplicate paths")]
    [InlineData("""{"tolerations":[{"key":"k","operator":"Exists","value":"v"},{"operator":"Equal"},{"key":"k","operator":"Near","effect":"Slow","tolerationSeconds":1}],"containers":[{"name":"c","image":"i"}]}""",
        "spec.tolerations[0].operator: Invalid value: \"v\": value must be empty when `operator` is 'Exists' | " +
        "spec.tolerations[1].operator: Invalid value: \"Equal\": operator must be Exists when `key` is empty, which means \"match all values and all keys\" | " +
        "spec.tolerations[2].effect: Invalid value: \"Slow\": effect must be 'NoExecute' when `tolerationSeconds` is set | " +
        "spec.tolerations[2].operator: Unsupported value: \"Near\": supported values: \"Equal\", \"Exists\" | " +
        "spec.tolerations[2].effect: Unsupported value: \"Slow\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\"")]
    [InlineData("""{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{}},"podAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":101,"podAffinityTerm":{"topologyKey":"z"}}]}},"containers":[{"name":"c","image":"i"}]}""",
        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: must have at least one node selector term | " +
        "spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 101: must be in the range 1-100")]
    [InlineData("""{"affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"a","operator":"In"},{"key":"a","operator":"Gt","values":["1","2"]},{"key":"a","operator":"Exists","values":["1"]},{"key":"a","operator":"No"}],"matchFields":[{"key":"x","operator":"In","values":["1"]}]}]}}},"containers":[{"name":"c","image":"i"}]}""",
        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn' | " +
        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[1].values: Required value: must be specified single value when `operator` is 'Lt' or 'Gt' | " +
        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[2].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist' | " +
        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchExpressions[3].operator: Invalid value: \"No\": not a valid selector operator | " +
        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms[0].matchFields[0].key: Invalid value: \"x\": not a valid field selector key")]
    [InlineData("""{"topologySpreadConstraints":[{"maxSkew":0,"topologyKey":"","whenUnsatisfiable":"Cry","minDomains":1,"matchLabelKeys":["a"]}],"containers":[{"name":"c","image":"i"}]}""",
        "spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero | spec.topologySpreadConstraints[0].topologyKey: Required value: can not be empty | " +
        "spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: \"Cry\": supported values: \"DoNotSchedule\", \"ScheduleAnyway\" | " +
        "spec.topologySpreadConstraints[0].minDomains: Invalid value: 1: can only use minDomains if whenUnsatisfiable=DoNotSchedule, not Cry | " +
        "spec.topologySpreadConstraints[0].matchLabelKeys: Forbidden: must not be specified when labelSelector is not set")]
    [InlineData("""{"activeDeadlineSeconds":0,"preemptionPolicy":"Always","os":{"name":"plan9"},"containers":[{"name":"c","image":"i"}]}""",
        "spec.activeDeadlineSeconds: Invalid value: 0: must be between 1 and 2147483647, inclusive | " +
        "spec.preemptionPolicy: Unsupported value: \"Always\": supported values: \"PreemptLowerPriority\", \"Never\" | spec.os: Unsupported value: \"plan9\": supported values: \"linux\", \"windows\"")]
    [InlineData("""{"nodeName":"n","schedulingGates":[{"name":"a/b"},{"name":"a/b"}],"containers":[{"name":"c","image":"i"}]}""",
        "spec.schedulingGates[1]: Duplicate value: \"a/b\" | spec.nodeName: Forbidden: cannot be set until all schedulingGates have been cleared")]
    [InlineData("""{"securityContext":{"fsGroup":-1,"sysctls":[{"name":"Bad"},{"name":"net.core.somaxconn"}],"fsGroupChangePolicy":"x"},"hostNetwork":true,"containers":[{"name":"c","image":"i"}]}""",
        "spec.securityContext.fsGroup: Invalid value: -1: must be between 0 and 2147483647, inclusive | " +
        "spec.securityContext.sysctls[0].name: Invalid value: \"Bad\": must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$ | " +
        "spec.securityContext.sysctls[1].name: Invalid value: \"net.core.somaxconn\": may not be specified when 'hostNetwork' is true | " +
        "spec.securityContext.fsGroupChangePolicy: Unsupported value: \"x\": supported values: \"Always\", \"OnRootMismatch\"")]
    [InlineData("""{"volumes":[{"name":"v","projected":{"sources":[{"serviceAccountToken":{"path":"t"}}]}}],"containers":[{"name":"c","image":"i"}]}""",
        "spec.volumes[0].projected.sources[0].serviceAccountToken: Forbidden: must not be specified when serviceAccountName is not set")]
    [InlineData("""{"ephemeralContainers":[{"name":"e","image":"i"}],"containers":[{"name":"c","image":"i"}]}""", "spec.ephemeralContainers: Forbidden: cannot be set on create")]
    [InlineData("""{"hostUsers":false,"hostPID":true,"containers":[{"name":"c","image":"i"}]}""", "spec.HostPID: Forbidden: when `pod.Spec.HostUsers` is false")]
    [InlineData("""{"volumes":[{"name":"v"}],"containers":[{"name":"c","image":"i","volumeMounts":[{"name":"v","mountPath":"/a"},{"name":"v","mountPath":"/a","subPath":"../x","mountPropagation":"Bidirectional"}]}]}""",
        "spec.containers[0].volumeMounts[1].mountPath: Invalid value: \"/a\": must be unique | spec.containers[0].volumeMounts.subPath: Invalid value: \"../x\": must not contain '..' | " +
        "spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers")]
    public void Create_RefusesPods(string spec, string said) => Assert.Equal(said, Some.Said(PodValidation.Create(Some.Pod(spec))));

    [Theory]
    [InlineData("""{"controller.kubernetes.io/pod-deletion-cost":"-5"}""", "")]
    [InlineData("""{"controller.kubernetes.io/pod-deletion-cost":"cheap"}""", "metadata.annotations[controller.kubernetes.io/pod-deletion-cost]: Invalid value: \"cheap\": must be a 32bit integer")]
    [InlineData("""{"kubernetes.io/config.mirror":"x"}""", "metadata.annotations[kubernetes.io/config.mirror]: Invalid value: \"x\": must set spec.nodeName if mirror pod annotation is set")]
    public void Create_ReadsAnnotations(string annotations, string said) =>
        Assert.Equal(said, Some.Said(PodValidation.Create(Some.Pod("""{"containers":[{"name":"c","image":"i"}]}""", annotations))));

    private static void Accepts(string because, Pod pod) => Assert.True(PodValidation.Create(pod) is [], $"{because}: {Some.Said(PodValidation.Create(pod))}");
}
