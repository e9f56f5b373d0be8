using System.Text;

namespace ClusterEmu.Api.Tests;

/// <summary>Versions that are served, but not stored: to the stored one and back.</summary>
public class ConversionTests
{
    [Theory] // v1beta1's endpoint; as v1 stores it; as v1beta1 shows it again (as given, where empty)
    [InlineData("""{"addresses":["10.0.0.1"],"conditions":{},"topology":{"kubernetes.io/hostname":"node-1","topology.kubernetes.io/zone":"a"}}""",
        """{"addresses":["10.0.0.1"],"conditions":{},"nodeName":"node-1","zone":"a"}""",
        """{"addresses":["10.0.0.1"],"conditions":{},"topology":{"kubernetes.io/hostname":"node-1","topology.kubernetes.io/zone":"a"},"nodeName":"node-1"}""")]
    [InlineData("""{"addresses":["10.0.0.1"],"conditions":{},"topology":{"rack":"r","kubernetes.io/hostname":"host"},"nodeName":"node-1"}""",
        """{"addresses":["10.0.0.1"],"conditions":{},"deprecatedTopology":{"kubernetes.io/hostname":"host","rack":"r"},"nodeName":"node-1"}""", "")]
    [InlineData("""{"addresses":["10.0.0.1"],"conditions":{"ready":true},"hostname":"h","targetRef":{"kind":"Pod","name":"p"},"hints":{"forZones":[{"name":"a"}]}}""",
        """{"addresses":["10.0.0.1"],"conditions":{"ready":true},"hostname":"h","targetRef":{"kind":"Pod","name":"p"},"hints":{"forZones":[{"name":"a"}]}}""", "")]
    [InlineData("""{"addresses":["10.0.0.1"],"conditions":{},"topology":{"kubernetes.io/hostname":"node-1"},"nodeName":"node-1"}""",
        """{"addresses":["10.0.0.1"],"conditions":{},"nodeName":"node-1"}""", "")]
    public void Endpoints_ExchangeLabelsForFields(string beta, string stored, string shown)
    {
        const string rest = "\"addressType\":\"IPv4\",\"ports\":[{\"name\":\"\",\"protocol\":\"TCP\",\"port\":80}]";
        Both(ConvertedKinds.EndpointSliceV1Beta1, $$$$"""{"metadata":{"name":"s"},{{{{rest}}}},"endpoints":[{{{{beta}}}}]}""",
            $$$$"""{"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1","metadata":{"name":"s"},{{{{rest}}}},"endpoints":[{{{{stored}}}}]}""",
            $$$$"""{"kind":"EndpointSlice","apiVersion":"discovery.k8s.io/v1beta1","metadata":{"name":"s"},{{{{rest}}}},"endpoints":[{{{{(shown.Length > 0 ? shown : beta)}}}}]}""");
    }

    [Fact]
    public void DeprecatedTopology_IsWrittenThroughV1Beta1Alone()
    {
        var endpoint = new Endpoint { Addresses = ["10.0.0.1"], DeprecatedTopology = new Dictionary<string, string> { ["rack"] = "r", ["kubernetes.io/hostname"] = "node-1" } };
        var slice = new EndpointSlice { AddressType = "IPv4", Endpoints = [endpoint] };
        Assert.Empty(EndpointSliceStrategy.PrepareForCreate(slice).Endpoints[0].DeprecatedTopology);
        Assert.Equal(2, ConvertedKinds.EndpointSliceV1Beta1.PrepareStoredForCreate(slice) is EndpointSlice kept ? kept.Endpoints[0].DeprecatedTopology.Count : 0);
        // A client of v1 that changes something else loses it, but not the node that it named.
        var changed = slice with { Endpoints = [endpoint with { Hostname = "h" }] };
        var after = EndpointSliceStrategy.PrepareForUpdate(changed, slice, status: false).Endpoints[0];
        Assert.Equal((0, "node-1"), (after.DeprecatedTopology.Count, after.NodeName));
        Assert.Equal(2, EndpointSliceStrategy.PrepareForUpdate(slice with { Metadata = new ObjectMeta { Name = "x" } }, slice, status: false).Endpoints[0].DeprecatedTopology.Count);
    }

    [Theory]
    [InlineData("v1")]
    [InlineData("v1beta1")]
    public void Events_HaveOtherNamesForTheSame(string version)
    {
        const string beta = """
            {"metadata":{"name":"e"},"eventTime":"2026-01-02T03:04:05.000006Z","series":{"count":2,"lastObservedTime":"2026-01-02T03:05:05.000006Z"},"reportingController":"c","reportingInstance":"i",
            "action":"a","reason":"r","regarding":{"kind":"Pod"},"related":{"kind":"Node"},"note":"n","type":"Normal","deprecatedSource":{"component":"k"},
            "deprecatedFirstTimestamp":"2026-01-02T03:04:05Z","deprecatedLastTimestamp":"2026-01-02T03:04:06Z","deprecatedCount":3}
            """;
        Both(KindCatalog.ByKind($"events.k8s.io/{version}", "Event")!, beta, """
            {"kind":"Event","apiVersion":"v1","metadata":{"name":"e"},"involvedObject":{"kind":"Pod"},"reason":"r","message":"n","source":{"component":"k"},"firstTimestamp":"2026-01-02T03:04:05Z",
            "lastTimestamp":"2026-01-02T03:04:06Z","count":3,"type":"Normal","eventTime":"2026-01-02T03:04:05.000006Z","series":{"count":2,"lastObservedTime":"2026-01-02T03:05:05.000006Z"},"action":"a",
            "related":{"kind":"Node"},"reportingComponent":"c","reportingInstance":"i"}
            """, $$$$"""{"kind":"Event","apiVersion":"events.k8s.io/{{{{version}}}}",{{{{beta[1..]}}}}""");
    }

    [Theory] // v1beta1's selector, v1's, and v1beta1's again
    [InlineData("""{"matchLabels":{"a":"b"}}""", """{"matchLabels":{"a":"b"}}""")]
    [InlineData("{}", """{"matchExpressions":[{"key":"pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match","operator":"Exists"}]}""")]
    [InlineData("""{"matchExpressions":[{"key":"pdb.kubernetes.io/deprecated-v1beta1-empty-selector-match","operator":"DoesNotExist"}]}""", "{}")]
    public void ABudgetsEmptySelector_MeansTheOpposite(string beta, string stored) => Both(
        ConvertedKinds.PodDisruptionBudgetV1Beta1, $$$$"""{"metadata":{"name":"b"},"spec":{"minAvailable":1,"selector":{{{{beta}}}}},"status":{"disruptionsAllowed":0,"currentHealthy":0,"desiredHealthy":0,"expectedPods":0}}""",
        $$$$"""{"kind":"PodDisruptionBudget","apiVersion":"policy/v1","metadata":{"name":"b"},"spec":{"minAvailable":1,"selector":{{{{stored}}}}},"status":{"disruptionsAllowed":0,"currentHealthy":0,"desiredHealthy":0,"expectedPods":0}}""",
        $$$$"""{"kind":"PodDisruptionBudget","apiVersion":"policy/v1beta1","metadata":{"name":"b"},"spec":{"minAvailable":1,"selector":{{{{beta}}}}},"status":{"disruptionsAllowed":0,"currentHealthy":0,"desiredHealthy":0,"expectedPods":0}}""");

    [Theory] // v1's annotations and CPU target; v2's metrics
    [InlineData("{}", ",\"targetCPUUtilizationPercentage\":70", """{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":70}}}""")]
    [InlineData("{}", "", """{"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":80}}}""")]
    [InlineData("""{"autoscaling.alpha.kubernetes.io/metrics":"[{\"type\":\"Pods\",\"pods\":{\"metricName\":\"rps\",\"targetAverageValue\":\"5\"}}]"}""", "",
        """{"type":"Pods","pods":{"metric":{"name":"rps"},"target":{"type":"AverageValue","averageValue":"5"}}}""")]
    [InlineData("""{"autoscaling.alpha.kubernetes.io/metrics":"[{\"type\":\"Resource\",\"resource\":{\"name\":\"memory\",\"targetAverageValue\":\"1Gi\"}},{\"type\":\"External\",\"external\":{\"metricName\":\"q\",\"metricSelector\":{\"matchLabels\":{\"a\":\"b\"}},\"targetValue\":\"30\"}}]"}""",
        ",\"targetCPUUtilizationPercentage\":50",
        """
        {"type":"Resource","resource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":50}}},{"type":"Resource","resource":{"name":"memory","target":{"type":"AverageValue","averageValue":"1Gi"}}},
        {"type":"External","external":{"metric":{"name":"q","selector":{"matchLabels":{"a":"b"}}},"target":{"type":"Value","value":"30"}}}
        """)]
    public void AutoscalersOfV1_KeepInAnnotationsWhatTheyCannotSay(string annotations, string target, string metrics)
    {
        var metadata = $"\"metadata\":{{\"name\":\"a\"{(annotations == "{}" ? "" : ",\"annotations\":" + annotations)}}}";
        const string spec = "\"scaleTargetRef\":{\"kind\":\"D\",\"name\":\"d\"},\"minReplicas\":2,\"maxReplicas\":3";
        var shownTarget = target.Length > 0 || annotations != "{}" ? target : ",\"targetCPUUtilizationPercentage\":80";
        Both(ConvertedKinds.HorizontalPodAutoscalerV1, $$$$"""{{{{{metadata}}}},"spec":{{{{{spec}}}}{{{{target}}}}},"status":{"currentReplicas":0,"desiredReplicas":0}}""",
            $$$$"""{"kind":"HorizontalPodAutoscaler","apiVersion":"autoscaling/v2","metadata":{"name":"a"},"spec":{{{{{spec}}}},"metrics":[{{{{metrics}}}}]},"status":{"desiredReplicas":0,"currentMetrics":null}}""",
            $$$$"""{"kind":"HorizontalPodAutoscaler","apiVersion":"autoscaling/v1",{{{{metadata}}}},"spec":{{{{{spec}}}}{{{{shownTarget}}}}},"status":{"currentReplicas":0,"desiredReplicas":0}}""");
    }

    [Fact]
    public void EverythingOfAnAutoscaler_SurvivesV1()
    {
        var value = Some.Of(Kinds.HorizontalPodAutoscaler, """
            {"metadata":{"name":"a","annotations":{"mine":"x"}},"spec":{"scaleTargetRef":{"kind":"D","name":"d"},"minReplicas":1,"maxReplicas":3,
            "metrics":[{"type":"Object","object":{"describedObject":{"kind":"Ingress","name":"i"},"metric":{"name":"rps"},"target":{"type":"Value","value":"2k"}}},
                       {"type":"ContainerResource","containerResource":{"name":"cpu","container":"app","target":{"type":"Utilization","averageUtilization":60}}}],
            "behavior":{"scaleUp":{"stabilizationWindowSeconds":0,"selectPolicy":"Max","policies":[{"type":"Pods","value":4,"periodSeconds":15}]},"scaleDown":{"selectPolicy":"Disabled","policies":[{"type":"Percent","value":10,"periodSeconds":60}]}}},
            "status":{"currentReplicas":2,"desiredReplicas":3,"lastScaleTime":"2026-01-02T03:04:05Z","currentMetrics":[{"type":"Resource","resource":{"name":"cpu","current":{"averageValue":"100m","averageUtilization":55}}}],
            "conditions":[{"type":"AbleToScale","status":"True","lastTransitionTime":"2026-01-02T03:04:05Z","reason":"ReadyForNewScale","message":"ok"}]}}
            """);
        var v1 = AutoscalerConversion.FromStorage(value);
        Assert.Equal(55, v1.Status.CurrentCPUUtilizationPercentage);
        Assert.Equal(5, v1.Metadata.Annotations.Count);
        Assert.Equal(Text(Kinds.HorizontalPodAutoscaler, value), Text(Kinds.HorizontalPodAutoscaler, AutoscalerConversion.ToStorage(v1)));
    }

    [Theory]
    [InlineData("autoscaling.alpha.kubernetes.io/metrics", "[")]
    [InlineData("autoscaling.alpha.kubernetes.io/metrics", "{}")]
    [InlineData("autoscaling.alpha.kubernetes.io/current-metrics", "[{\"type\":\"Pods\",\"pods\":{\"currentAverageValue\":\"much\"}}]")]
    [InlineData("autoscaling.alpha.kubernetes.io/behavior", "x")]
    public void AnnotationsThatNobodyCanRead_AreRefused(string key, string text)
    {
        var value = new HorizontalPodAutoscalerV1 { Metadata = new ObjectMeta { Annotations = new Dictionary<string, string> { [key] = text } } };
        Assert.Contains(key, Assert.Throws<ObjectDecodingException>(() => AutoscalerConversion.ToStorage(value)).Message, StringComparison.Ordinal);
    }

    /// <summary>To the stored version and back; both are compared as JSON.</summary>
    private static void Both(KindInfo kind, string given, string stored, string shown)
    {
        var there = kind.ToStorage(kind.Decode(Encoding.UTF8.GetBytes(given)));
        JsonDifference.AssertSame(stored, Text(kind.Storage, there));
        JsonDifference.AssertSame(shown, Text(kind, kind.Show(there)));
    }

    private static string Text(KindInfo kind, IKubeObject value) => Encoding.UTF8.GetString(kind.Encode(value));
}
