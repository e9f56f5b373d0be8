namespace ClusterEmu.Api;

/// <summary>What a container's rules must know of its Pod.</summary>
/// <param name="Spec">The Pod's or template's specification.</param>
/// <param name="Volumes">The volumes that are sound, by name.</param>
internal sealed record ContainerSurroundings(PodSpec Spec, IReadOnlyDictionary<string, Volume> Volumes)
{
    internal bool SharesHostUsers => Spec.HostUsers != false;
}

/// <summary>Containers and init containers.</summary>
/// <remarks>Source: validateContainers and its neighbours in pkg/apis/core/validation/validation.go.</remarks>
internal static class ContainerRules
{
    internal static void CheckContainers(List<FieldError> errors, ContainerSurroundings pod, FieldPath path)
    {
        var containers = pod.Spec.Containers;
        if (containers.Count == 0)
        {
            errors.Add(FieldErrors.Required(path));
            return;
        }
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < containers.Count; i++)
        {
            var (container, place) = (containers[i], path.Index(i));
            CheckCommon(errors, container, pod, place);
            if (!names.Add(container.Name)) errors.Add(FieldErrors.Duplicate(place.Child("name"), container.Name));
            CheckLife(errors, container, pod, place);
            if (container.RestartPolicy is not null)
                errors.Add(FieldErrors.Forbidden(place.Child("restartPolicy"), "may not be set for non-init containers"));
        }
        CheckHostPorts(errors, containers, path);
    }

    internal static void CheckInitContainers(List<FieldError> errors, ContainerSurroundings pod, FieldPath path)
    {
        var names = pod.Spec.Containers.Select(container => container.Name).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < pod.Spec.InitContainers.Count; i++)
        {
            var (container, place) = (pod.Spec.InitContainers[i], path.Index(i));
            CheckCommon(errors, container, pod, place);
            if (container.RestartPolicy is not (null or "Always"))
                errors.Add(FieldErrors.NotSupported(place.Child("restartPolicy"), container.RestartPolicy, "Always"));
            if (container.Name.Length > 0 && !names.Add(container.Name))
                errors.Add(FieldErrors.Duplicate(place.Child("name"), container.Name));
            CheckHostPorts(errors, [container], path);
            if (container.RestartPolicy == "Always") CheckLife(errors, container, pod, place);
            else ForbidLife(errors, container, place);
            if (container.ResizePolicy.Count > 0)
                errors.Add(FieldErrors.Invalid(place.Child("resizePolicy"), Policies(container.ResizePolicy),
                    "must not be set for init containers"));
        }
    }

    /// <summary>Rules for a Pod's containers that templates are spared.</summary>
    internal static void CheckImages(List<FieldError> errors, IReadOnlyList<Container> containers, FieldPath path)
    {
        for (var i = 0; i < containers.Count; i++)
            if (containers[i].Image.Trim() != containers[i].Image)
                errors.Add(FieldErrors.Invalid(path.Index(i).Child("image"), containers[i].Image,
                    "must not have leading or trailing whitespace"));
    }

    private static void CheckCommon(List<FieldError> errors, Container container, ContainerSurroundings pod, FieldPath path)
    {
        if (container.Name.Length == 0) errors.Add(FieldErrors.Required(path.Child("name")));
        else errors.AddInvalid(path.Child("name"), container.Name, NameRules.Dns1123Label(container.Name));
        if (container.Image.Length == 0) errors.Add(FieldErrors.Required(path.Child("image")));

        var policyPath = path.Child("terminationMessagePolicy");
        if (container.TerminationMessagePolicy.Length == 0) errors.Add(FieldErrors.Required(policyPath));
        else if (container.TerminationMessagePolicy is not ("File" or "FallbackToLogsOnError"))
            errors.Add(FieldErrors.NotSupported(policyPath, container.TerminationMessagePolicy, "File", "FallbackToLogsOnError"));

        CheckPorts(errors, container.Ports, path.Child("ports"));
        EnvRules.Check(errors, container.Env, path.Child("env"));
        EnvRules.CheckFrom(errors, container.EnvFrom, path.Child("envFrom"));
        VolumeMountRules.Check(errors, container, pod.Volumes, path);
        CheckPullPolicy(errors, container.ImagePullPolicy, path.Child("imagePullPolicy"));
        ResourceRules.Check(errors, container.Resources, pod.Spec.ResourceClaims, path.Child("resources"));
        CheckResizePolicy(errors, container.ResizePolicy, pod.Spec.RestartPolicy, path.Child("resizePolicy"));
        SecurityRules.Check(errors, container.SecurityContext, pod.SharesHostUsers, path.Child("securityContext"));
    }

    private static void CheckLife(List<FieldError> errors, Container container, ContainerSurroundings pod, FieldPath path)
    {
        ProbeRules.Check(errors, container.Lifecycle, pod.Spec.TerminationGracePeriodSeconds, path.Child("lifecycle"));
        ProbeRules.CheckLiveness(errors, container.LivenessProbe, path.Child("livenessProbe"));
        ProbeRules.CheckReadiness(errors, container.ReadinessProbe, path.Child("readinessProbe"));
        ProbeRules.CheckLiveness(errors, container.StartupProbe, path.Child("startupProbe"));
    }

    private static void ForbidLife(List<FieldError> errors, Container container, FieldPath path)
    {
        const string refusal = "may not be set for init containers without restartPolicy=Always";
        if (container.Lifecycle is not null) errors.Add(FieldErrors.Forbidden(path.Child("lifecycle"), refusal));
        if (container.LivenessProbe is not null) errors.Add(FieldErrors.Forbidden(path.Child("livenessProbe"), refusal));
        if (container.ReadinessProbe is not null) errors.Add(FieldErrors.Forbidden(path.Child("readinessProbe"), refusal));
        if (container.StartupProbe is not null) errors.Add(FieldErrors.Forbidden(path.Child("startupProbe"), refusal));
    }

    private static void CheckPorts(List<FieldError> errors, IReadOnlyList<ContainerPort> ports, FieldPath path)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < ports.Count; i++)
        {
            var (port, place) = (ports[i], path.Index(i));
            if (port.Name.Length > 0)
            {
                var problems = NameRules.PortName(port.Name);
                errors.AddInvalid(place.Child("name"), port.Name, problems);
                if (problems.Count == 0 && !names.Add(port.Name)) errors.Add(FieldErrors.Duplicate(place.Child("name"), port.Name));
            }
            if (port.Port == 0) errors.Add(FieldErrors.Required(place.Child("containerPort")));
            else errors.AddInvalid(place.Child("containerPort"), port.Port, NameRules.PortNumber(port.Port));
            if (port.HostPort != 0) errors.AddInvalid(place.Child("hostPort"), port.HostPort, NameRules.PortNumber(port.HostPort));
            ServicePortRules.CheckProtocol(errors, port.Protocol, place.Child("protocol"));
        }
    }

    private static void CheckHostPorts(List<FieldError> errors, IReadOnlyList<Container> containers, FieldPath path)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < containers.Count; i++)
            for (var j = 0; j < containers[i].Ports.Count; j++)
                if (containers[i].Ports[j] is { HostPort: not 0 } port && $"{port.Protocol}/{port.HostIP}/{port.HostPort}" is var key && !taken.Add(key))
                    errors.Add(FieldErrors.Duplicate(path.Index(i).Child("ports").Index(j).Child("hostPort"), key));
    }

    private static void CheckPullPolicy(List<FieldError> errors, string policy, FieldPath path)
    {
        if (policy.Length == 0) errors.Add(FieldErrors.Required(path));
        else if (policy is not ("Always" or "IfNotPresent" or "Never"))
            errors.Add(FieldErrors.NotSupported(path, policy, "Always", "IfNotPresent", "Never"));
    }

    private static void CheckResizePolicy(
        List<FieldError> errors, IReadOnlyList<ContainerResizePolicy> policies, string restartPolicy, FieldPath path)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < policies.Count; i++)
        {
            var policy = policies[i];
            if (!seen.Add(policy.ResourceName)) errors.Add(FieldErrors.Duplicate(path.Index(i), policy.ResourceName));
            if (policy.ResourceName.Length == 0) errors.Add(FieldErrors.Required(path));
            else if (policy.ResourceName is not ("cpu" or "memory"))
                errors.Add(FieldErrors.NotSupported(path, policy.ResourceName, "cpu", "memory"));
            if (policy.RestartPolicy.Length == 0) errors.Add(FieldErrors.Required(path));
            else if (policy.RestartPolicy is not ("NotRequired" or "RestartContainer"))
                errors.Add(FieldErrors.NotSupported(path, policy.RestartPolicy, "NotRequired", "RestartContainer"));
            if (restartPolicy == "Never" && policy.RestartPolicy != "NotRequired")
                errors.Add(FieldErrors.Invalid(path, policy.RestartPolicy, "must be 'NotRequired' when `restartPolicy` is 'Never'"));
        }
    }

    private static GoLiteral Policies(IReadOnlyList<ContainerResizePolicy> policies)
    {
        var each = policies.Select(policy =>
            $"core.ContainerResizePolicy{{ResourceName:{GoSyntax.Quote(policy.ResourceName)}, RestartPolicy:{GoSyntax.Quote(policy.RestartPolicy)}}}");
        return new($"[]core.ContainerResizePolicy{{{string.Join(", ", each)}}}");
    }
}
