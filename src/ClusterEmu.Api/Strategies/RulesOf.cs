namespace ClusterEmu.Api;

/// <summary>The rules of each kind, for <see cref="Kinds"/>.</summary>
internal static partial class RulesOf
{
    internal static KindRules<Namespace> Namespace => new()
    {
        WithDefaults = NamespaceDefaults.Apply,
        PrepareForCreate = NamespaceStrategy.PrepareForCreate,
        PrepareForUpdate = NamespaceStrategy.PrepareForUpdate,
        ValidateCreate = NamespaceValidation.Create,
        ValidateUpdate = NamespaceValidation.Update,
    };

    internal static KindRules<Node> Node => new()
    {
        WithDefaults = NodeDefaults.Apply,
        PrepareForCreate = NodeStrategy.PrepareForCreate,
        PrepareForUpdate = NodeStrategy.PrepareForUpdate,
        ValidateCreate = NodeValidation.Create,
        ValidateUpdate = NodeValidation.Update,
    };

    internal static KindRules<Pod> Pod => new()
    {
        WithDefaults = PodDefaults.Apply,
        PrepareForCreate = PodStrategy.PrepareForCreate,
        PrepareForUpdate = PodStrategy.PrepareForUpdate,
        ValidateCreate = PodValidation.Create,
        ValidateUpdate = PodValidation.Update,
    };

    internal static KindRules<Service> Service => new()
    {
        WithDefaults = ServiceDefaults.Apply,
        PrepareForCreate = ServiceStrategy.PrepareForCreate,
        PrepareForUpdate = ServiceStrategy.PrepareForUpdate,
        ValidateCreate = ServiceValidation.Create,
        ValidateUpdate = ServiceValidation.Update,
    };

    internal static KindRules<Endpoints> Endpoints => new()
    {
        WithDefaults = EndpointsDefaults.Apply,
        PrepareForCreate = EndpointsStrategy.PrepareForCreate,
        PrepareForUpdate = EndpointsStrategy.PrepareForUpdate,
        ValidateCreate = EndpointsValidation.Create,
        ValidateUpdate = EndpointsValidation.Update,
    };

    internal static KindRules<EndpointSlice> EndpointSlice => new()
    {
        WithDefaults = EndpointSliceDefaults.Apply,
        PrepareForCreate = EndpointSliceStrategy.PrepareForCreate,
        PrepareForUpdate = EndpointSliceStrategy.PrepareForUpdate,
        ValidateCreate = EndpointSliceValidation.Create,
        ValidateUpdate = EndpointSliceValidation.Update,
    };

    internal static KindRules<ConfigMap> ConfigMap => Plain<ConfigMap>() with
    {
        ValidateCreate = ConfigMapValidation.Create,
        ValidateUpdate = ConfigMapValidation.Update,
    };

    internal static KindRules<Secret> Secret => Plain<Secret>() with
    {
        WithDefaults = SecretDefaults.Apply,
        ValidateCreate = SecretValidation.Create,
        ValidateUpdate = SecretValidation.Update,
    };

    internal static KindRules<ServiceAccount> ServiceAccount => Plain<ServiceAccount>() with
    {
        ValidateCreate = ServiceAccountValidation.Create,
        ValidateUpdate = ServiceAccountValidation.Update,
    };

    internal static KindRules<Event> Event => Plain<Event>() with
    {
        ValidateCreate = EventValidation.Create,
        ValidateUpdate = EventValidation.Update,
    };

    internal static KindRules<Lease> Lease => Plain<Lease>() with
    {
        PrepareForUpdate = PlainStrategy.PrepareForConditionalUpdate,
        ValidateCreate = LeaseValidation.Create,
        ValidateUpdate = LeaseValidation.Update,
    };

    internal static KindRules<Deployment> Deployment => new()
    {
        WithDefaults = DeploymentDefaults.Apply,
        PrepareForCreate = WorkloadStrategy.PrepareForCreate,
        PrepareForUpdate = WorkloadStrategy.PrepareForUpdate,
        ValidateCreate = DeploymentValidation.Create,
        ValidateUpdate = DeploymentValidation.Update,
    };

    internal static KindRules<ReplicaSet> ReplicaSet => new()
    {
        WithDefaults = ReplicaSetDefaults.Apply,
        PrepareForCreate = WorkloadStrategy.PrepareForCreate,
        PrepareForUpdate = WorkloadStrategy.PrepareForUpdate,
        ValidateCreate = ReplicaSetValidation.Create,
        ValidateUpdate = ReplicaSetValidation.Update,
    };

    internal static KindRules<Binding> Binding => new() { ValidateCreate = BindingValidation.Create, ValidateUpdate = BindingValidation.Update };

    internal static KindRules<Scale> Scale => new() { ValidateCreate = ScaleValidation.Create, ValidateUpdate = ScaleValidation.Update };

    private static KindRules<T> Plain<T>() where T : class, IKubeObject => new()
    {
        PrepareForCreate = PlainStrategy.PrepareForCreate,
        PrepareForUpdate = PlainStrategy.PrepareForUpdate,
    };
}
