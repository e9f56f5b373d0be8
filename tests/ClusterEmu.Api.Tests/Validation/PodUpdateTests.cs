namespace ClusterEmu.Api.Tests;

public class PodUpdateTests
{
    private const string Start = "spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`," +
        "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)\n";

    private static readonly Pod Old = Some.Stored(Some.Pod("""{"activeDeadlineSeconds":100,"tolerations":[{"key":"x","operator":"Exists","effect":"NoExecute","tolerationSeconds":300},{"key":"y","operator":"Exists"}],"containers":[{"name":"c","image":"i:1","args":["a"]}]}"""));

    [Fact]
    public void Put_AcceptsWhatMayChange()
    {
        Accepts(Old);
        Accepts(Old with { Metadata = Old.Metadata with { Labels = new Dictionary<string, string> { ["a"] = "b" } } });
        Accepts(Old with { Spec = Old.Spec with { Containers = [Old.Spec.Containers[0] with { Image = "i:2" }] } });
        Accepts(Old with { Spec = Old.Spec with { ActiveDeadlineSeconds = 50 } });
        Accepts(Old with { Spec = Old.Spec with { Tolerations = [.. Old.Spec.Tolerations, new() { Key = "k", Operator = "Exists" }] } });
        Accepts(Old with { Spec = Old.Spec with { Tolerations = [Old.Spec.Tolerations[0] with { TolerationSeconds = 5 }, Old.Spec.Tolerations[1]] } });
        Accepts(Old with { Spec = Old.Spec with { Volumes = [] } });
    }

    [Fact]
    public void Put_RefusesTheRest()
    {
        Refuses(Old.Spec with { NodeName = "node-1" }, Start + "+ spec.nodeName: \"node-1\"\n");
        Refuses(Old.Spec with { Containers = [Old.Spec.Containers[0] with { Args = ["b"] }] }, Start + "- spec.containers[0].args[0]: \"a\"\n+ spec.containers[0].args[0]: \"b\"\n");
        Refuses(Old.Spec with { Containers = [.. Old.Spec.Containers, new() { Name = "d", Image = "i", TerminationMessagePolicy = "File", ImagePullPolicy = "Always" }] },
            "spec.containers: Forbidden: pod updates may not add or remove containers");
        Refuses(Old.Spec with { Containers = [Old.Spec.Containers[0] with { Image = "" }] }, "spec.containers[0].image: Required value");
        Refuses(Old.Spec with { ActiveDeadlineSeconds = 101 }, "spec.activeDeadlineSeconds: Invalid value: 101: must be less than or equal to previous value");
        Refuses(Old.Spec with { ActiveDeadlineSeconds = null }, "spec.activeDeadlineSeconds: Invalid value: \"null\": must not update from a positive integer to nil value");
        Refuses(Old.Spec with { Tolerations = [] }, "spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds");
        Refuses(Old.Spec with { SchedulingGates = [new() { Name = "a/b" }] }, "spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'a/b'");
    }

    [Fact]
    public void GatedPods_MayNarrowTheirNodes()
    {
        var gated = Some.Stored(Some.Pod("""{"schedulingGates":[{"name":"a/b"}],"nodeSelector":{"a":"b"},"containers":[{"name":"c","image":"i"}]}"""));
        Assert.Equal("Scheduling is blocked due to non-empty scheduling gates", gated.Status.Conditions.Single().Message);
        Assert.Empty(PodValidation.Update(gated with { Spec = gated.Spec with { SchedulingGates = [], NodeSelector = new Dictionary<string, string> { ["a"] = "b", ["c"] = "d" } } }, gated));
        Assert.Equal("spec.nodeSelector: Invalid value: map[string]string{\"c\":\"d\"}: only additions to spec.nodeSelector are allowed (no mutations or deletions)",
            Some.Said(PodValidation.Update(gated with { Spec = gated.Spec with { NodeSelector = new Dictionary<string, string> { ["c"] = "d" } } }, gated)));
    }

    [Fact]
    public void Put_KeepsTheStatus_AndStatusKeepsTheRest()
    {
        var running = Old with { Status = Old.Status with { Phase = "Running", QosClass = "" } };
        Assert.Same(Old.Status, PodStrategy.PrepareForUpdate(running, Old, status: false).Status);

        var moved = running with { Spec = Old.Spec with { NodeName = "x" }, Metadata = Old.Metadata with { OwnerReferences = [new() { Kind = "A" }], Uid = "", Generation = 9 } };
        var reported = PodStrategy.PrepareForUpdate(moved, Old, status: true);
        Assert.Same(Old.Spec, reported.Spec);
        Assert.Equal(("Running", "BestEffort", "u-1", 0L, 0), (reported.Status.Phase, reported.Status.QosClass, reported.Metadata.Uid, reported.Metadata.Generation, reported.Metadata.OwnerReferences.Count));
        Assert.Empty(PodValidation.Update(reported, Old));
    }

    [Theory]
    [InlineData("""{"podIP":"10.0.0.1","podIPs":[{"ip":"10.0.0.1"}],"hostIP":"1.2.3.4","hostIPs":[{"ip":"1.2.3.4"}],"conditions":[{"type":"Ready","status":"True"},{"type":"ContainersReady","status":"True"}]}""", "")]
    [InlineData("""{"podIPs":[{"ip":"x"}]}""", "status.podIPs[0]: Invalid value: \"x\": must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    [InlineData("""{"podIPs":[{"ip":"10.0.0.1"},{"ip":"10.0.0.2"}]}""", "status.podIPs: Invalid value: []core.PodIP{core.PodIP{IP:\"10.0.0.1\"}, core.PodIP{IP:\"10.0.0.2\"}}: may specify no more than one IP for each IP family")]
    [InlineData("""{"hostIP":"1.2.3.4","hostIPs":[{"ip":"1.2.3.5"}]}""", "status.hostIPs[0].ip: Invalid value: \"1.2.3.5\": must be equal to `hostIP`")]
    [InlineData("""{"qosClass":"Guaranteed"}""", "status.qosClass: Invalid value: \"Guaranteed\": field is immutable")]
    [InlineData("""{"nominatedNodeName":"Bad"}""", "status.nominatedNodeName: Invalid value: \"Bad\": a lowercase RFC 1123 subdomain")]
    public void Status_IsChecked(string status, string said)
    {
        var reported = PodStrategy.PrepareForUpdate(Old with { Status = Some.Of(Kinds.Pod, $$"""{"status":{{status}}}""").Status }, Old, status: true);
        Assert.StartsWith(said.Length == 0 ? "none" : said, PodValidation.Update(reported, Old) is { Count: > 0 } errors ? Some.Said(errors) : "none", StringComparison.Ordinal);
    }

    [Fact]
    public void EndedContainers_StayEnded()
    {
        var old = Some.Stored(Some.Pod("""{"restartPolicy":"OnFailure","containers":[{"name":"c","image":"i"}]}"""));
        Pod With(ContainerState state) => old with { Status = old.Status with { ContainerStatuses = [new() { Name = "c", State = state }] } };
        var running = With(new() { Running = new() });
        Assert.Empty(PodValidation.Update(running, With(new() { Terminated = new() { ExitCode = 1 } })));
        Assert.Equal("status.containerStatuses[0].state: Forbidden: may not be transitioned to non-terminated state",
            Some.Said(PodValidation.Update(running, With(new() { Terminated = new() { ExitCode = 0 } }))));
    }

    private static void Accepts(Pod pod) => Assert.Equal("", Some.Said(PodValidation.Update(pod, Old)));

    private static void Refuses(PodSpec spec, string said) => Assert.Equal(said, PodValidation.Update(Old with { Spec = spec }, Old)[0].ToString());
}
