using ClusterEmu.Api;

namespace ClusterEmu.Client;

/// <summary>Asks the process's <see cref="EventRecorder"/> to write a core/v1 Event. No reply; a lost Event hurts nobody.</summary>
/// <param name="About">The object that it is about.</param>
/// <param name="Type"><c>Normal</c> or <c>Warning</c>.</param>
/// <param name="Reason">One word in upper camel case: <c>ScalingReplicaSet</c>.</param>
/// <param name="Message">For people.</param>
/// <param name="Component">Who says so: <c>deployment-controller</c>.</param>
/// <param name="Host">The node that it comes from; empty for controllers.</param>
public sealed record RecordEvent(ObjectReference About, string Type, string Reason, string Message, string Component, string Host = "")
{
    public const string Normal = "Normal";
    public const string Warning = "Warning";

    /// <summary>The reference to <paramref name="value"/> that Events carry.</summary>
    public static ObjectReference Reference(IKubeObject value) => new()
    {
        ApiVersion = value.ApiVersion,
        Kind = value.Kind,
        Namespace = value.Metadata.Namespace,
        Name = value.Metadata.Name,
        Uid = value.Metadata.Uid,
        ResourceVersion = value.Metadata.ResourceVersion,
    };
}
