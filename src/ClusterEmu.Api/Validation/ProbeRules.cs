namespace ClusterEmu.Api;

/// <summary>Probes and lifecycle hooks. Source: validateProbe and validateHandler in pkg/apis/core/validation/validation.go.</summary>
internal static class ProbeRules
{
    /// <summary>Liveness and startup probes succeed at once or not at all.</summary>
    internal static void CheckLiveness(List<FieldError> errors, Probe? probe, FieldPath path)
    {
        if (probe is null) return;
        Check(errors, probe, path);
        if (probe.SuccessThreshold != 1)
            errors.Add(FieldErrors.Invalid(path.Child("successThreshold"), probe.SuccessThreshold, "must be 1"));
    }

    /// <summary>A readiness probe kills nothing, so it has no grace period.</summary>
    internal static void CheckReadiness(List<FieldError> errors, Probe? probe, FieldPath path)
    {
        if (probe is null) return;
        Check(errors, probe, path);
        if (probe.TerminationGracePeriodSeconds is not null)
            errors.Add(FieldErrors.Invalid(path.Child("terminationGracePeriodSeconds"), probe.TerminationGracePeriodSeconds,
                "must not be set for readinessProbes"));
    }

    internal static void Check(List<FieldError> errors, Lifecycle? lifecycle, long? gracePeriodSeconds, FieldPath path)
    {
        if (lifecycle?.PostStart is { } start)
            CheckHandler(errors, new(start.Exec, start.HttpGet, start.TcpSocket, null, start.Sleep), gracePeriodSeconds, path.Child("postStart"));
        if (lifecycle?.PreStop is { } stop)
            CheckHandler(errors, new(stop.Exec, stop.HttpGet, stop.TcpSocket, null, stop.Sleep), gracePeriodSeconds, path.Child("preStop"));
    }

    private static void Check(List<FieldError> errors, Probe probe, FieldPath path)
    {
        CheckHandler(errors, new(probe.Exec, probe.HttpGet, probe.TcpSocket, probe.Grpc, null), null, path);
        ObjectMetaValidation.CheckNonNegative(errors, probe.InitialDelaySeconds, path.Child("initialDelaySeconds"));
        ObjectMetaValidation.CheckNonNegative(errors, probe.TimeoutSeconds, path.Child("timeoutSeconds"));
        ObjectMetaValidation.CheckNonNegative(errors, probe.PeriodSeconds, path.Child("periodSeconds"));
        ObjectMetaValidation.CheckNonNegative(errors, probe.SuccessThreshold, path.Child("successThreshold"));
        ObjectMetaValidation.CheckNonNegative(errors, probe.FailureThreshold, path.Child("failureThreshold"));
        if (probe.TerminationGracePeriodSeconds is <= 0 and var seconds)
            errors.Add(FieldErrors.Invalid(path.Child("terminationGracePeriodSeconds"), seconds, "must be greater than 0"));
    }

    private static void CheckHandler(List<FieldError> errors, Handler handler, long? gracePeriodSeconds, FieldPath path)
    {
        var handlers = 0;
        if (handler.Exec is { } exec && IsFirst(errors, ref handlers, path.Child("exec")) && exec.Command.Count == 0)
            errors.Add(FieldErrors.Required(path.Child("exec").Child("command")));
        if (handler.HttpGet is { } get && IsFirst(errors, ref handlers, path.Child("httpGet")))
            CheckHttp(errors, get, path.Child("httpGet"));
        if (handler.TcpSocket is { } socket && IsFirst(errors, ref handlers, path.Child("tcpSocket")))
            ServicePortRules.CheckNumberOrName(errors, socket.Port, path.Child("tcpSocket").Child("port"));
        if (handler.Grpc is { } call && IsFirst(errors, ref handlers, path.Child("grpc")))
            ServicePortRules.CheckNumberOrName(errors, call.Port, path.Child("grpc").Child("port"));
        if (handler.Sleep is { } sleep && IsFirst(errors, ref handlers, path.Child("sleep"))
            && gracePeriodSeconds is { } grace && (sleep.Seconds <= 0 || sleep.Seconds > grace))
            errors.Add(FieldErrors.Invalid(path.Child("sleep"), sleep.Seconds,
                $"must be greater than 0 and less than terminationGracePeriodSeconds ({grace}). Enable AllowPodLifecycleSleepActionZeroValue feature gate for zero sleep."));
        if (handlers == 0) errors.Add(FieldErrors.Required(path, "must specify a handler type"));
    }

    private static bool IsFirst(List<FieldError> errors, ref int handlers, FieldPath path)
    {
        if (++handlers == 1) return true;
        errors.Add(FieldErrors.Forbidden(path, "may not specify more than 1 handler type"));
        return false;
    }

    private static void CheckHttp(List<FieldError> errors, HTTPGetAction get, FieldPath path)
    {
        if (get.Path.Length == 0) errors.Add(FieldErrors.Required(path.Child("path")));
        ServicePortRules.CheckNumberOrName(errors, get.Port, path.Child("port"));
        if (get.Scheme is not ("HTTP" or "HTTPS")) errors.Add(FieldErrors.NotSupported(path.Child("scheme"), get.Scheme, "HTTP", "HTTPS"));
        foreach (var header in get.HttpHeaders)
            errors.AddInvalid(path.Child("httpHeaders"), header.Name, NameRules.HttpHeaderName(header.Name));
    }

    private readonly record struct Handler(ExecAction? Exec, HTTPGetAction? HttpGet, TCPSocketAction? TcpSocket, GRPCAction? Grpc, SleepAction? Sleep);
}
