namespace ClusterEmu.Api;

[Doc("The subresources of a custom kind.")]
public sealed record CustomResourceSubresources
{
    [Doc("If given, the status is written at /status only, and a change of it makes no new generation.")]
    public CustomResourceSubresourceStatus? Status { get; init; }

    [Doc("If given, 'kubectl scale' and autoscalers can read and set the number of replicas at /scale.")]
    public CustomResourceSubresourceScale? Scale { get; init; }
}

[Doc("The status subresource. It has no settings.")]
public sealed record CustomResourceSubresourceStatus;

[Doc("Where the scale subresource finds its numbers.")]
public sealed record CustomResourceSubresourceScale
{
    [Doc("The way to the wanted number, under .spec, in dots only: .spec.replicas.")]
    [AlwaysWritten]
    public string SpecReplicasPath { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The way to the present number, under .status: .status.replicas.")]
    [AlwaysWritten]
    public string StatusReplicasPath { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The way to the label selector of the replicas as text, under .status or .spec. Needed for autoscaling.")]
    public string? LabelSelectorPath { get; init; }
}

[Doc("How an object of one version becomes one of another.")]
public sealed record CustomResourceConversion
{
    [Doc("None: only apiVersion changes. Webhook: a service of yours converts; this cluster refuses it, because it has no real service to call.")]
    [GoType("v1.ConversionStrategyType"), AlwaysWritten]
    public string Strategy { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("How to call the webhook.")]
    public WebhookConversion? Webhook { get; init; }
}

[Doc("A webhook that converts objects.")]
public sealed record WebhookConversion
{
    [Doc("Where it is.")]
    public WebhookClientConfig? ClientConfig { get; init; }

    [Doc("The versions of ConversionReview that it understands, the preferred one first.")]
    [AlwaysWritten]
    public IReadOnlyList<string> ConversionReviewVersions { get => field ?? []; init => field = Absent.IfEmpty(value); }
}

[Doc("Where a webhook is.")]
public sealed record WebhookClientConfig
{
    [Doc("Its address. Either this or service.")]
    public string? Url { get; init; }

    [Doc("The Service in front of it.")]
    public WebhookServiceReference? Service { get; init; }

    [Doc("The certificate authority, in PEM, that its certificate is checked against.")]
    public byte[]? CaBundle { get; init; }
}

[Doc("A Service in front of a webhook.")]
public sealed record WebhookServiceReference
{
    [Doc("The Service's namespace.")]
    [AlwaysWritten]
    public string Namespace { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The Service's name.")]
    [AlwaysWritten]
    public string Name { get => field ?? ""; init => field = Absent.IfEmpty(value); }

    [Doc("The path of the request.")]
    public string? Path { get; init; }

    [Doc("The Service's port; 443 if left out.")]
    public int? Port { get; init; }
}
