namespace ClusterEmu.Api;

/// <content>Disruption budgets, autoscalers, Ingresses, network policies, storage, roles, classes and certificates.</content>
internal static partial class RulesOf
{
    internal static KindRules<PodDisruptionBudget> PodDisruptionBudget => new()
    {
        WithDefaults = PodDisruptionBudgetDefaults.Apply,
        PrepareForCreate = SpecStrategy.PrepareForCreate,
        PrepareForUpdate = SpecStrategy.PrepareForUpdate,
        ValidateCreate = PodDisruptionBudgetValidation.Create,
        ValidateUpdate = PodDisruptionBudgetValidation.Update,
    };

    internal static KindRules<HorizontalPodAutoscaler> HorizontalPodAutoscaler => new()
    {
        WithDefaults = AutoscalerDefaults.Apply,
        PrepareForCreate = SpecStrategy.PrepareForCreate,
        PrepareForUpdate = SpecStrategy.PrepareForUpdate,
        ValidateCreate = AutoscalerValidation.Create,
        ValidateUpdate = AutoscalerValidation.Update,
    };

    internal static KindRules<Ingress> Ingress => new()
    {
        PrepareForCreate = SpecStrategy.PrepareForCreate,
        PrepareForUpdate = SpecStrategy.PrepareForUpdate,
        ValidateCreate = IngressValidation.Create,
        ValidateUpdate = IngressValidation.Update,
    };

    internal static KindRules<IngressClass> IngressClass => new()
    {
        WithDefaults = NetworkingDefaults.Apply,
        PrepareForCreate = SpecStrategy.PrepareForCreate,
        PrepareForUpdate = SpecStrategy.PrepareForUpdate,
        ValidateCreate = IngressClassValidation.Create,
        ValidateUpdate = IngressClassValidation.Update,
    };

    internal static KindRules<NetworkPolicy> NetworkPolicy => new()
    {
        WithDefaults = NetworkingDefaults.Apply,
        PrepareForCreate = SpecStrategy.PrepareForCreate,
        PrepareForUpdate = SpecStrategy.PrepareForUpdate,
        ValidateCreate = NetworkPolicyValidation.Create,
        ValidateUpdate = NetworkPolicyValidation.Update,
    };

    internal static KindRules<StorageClass> StorageClass => Plain<StorageClass>() with
    {
        WithDefaults = StorageDefaults.Apply,
        ValidateCreate = StorageClassValidation.Create,
        ValidateUpdate = StorageClassValidation.Update,
    };

    internal static KindRules<CSIDriver> CSIDriver => new()
    {
        WithDefaults = StorageDefaults.Apply,
        PrepareForCreate = SpecStrategy.PrepareForCreate,
        PrepareForUpdate = SpecStrategy.PrepareForUpdate,
        ValidateCreate = CSIValidation.Create,
        ValidateUpdate = CSIValidation.Update,
    };

    internal static KindRules<CSINode> CSINode => Plain<CSINode>() with
    {
        PrepareForUpdate = PlainStrategy.PrepareForConditionalUpdate,
        ValidateCreate = CSIValidation.Create,
        ValidateUpdate = CSIValidation.Update,
    };

    internal static KindRules<CSIStorageCapacity> CSIStorageCapacity => Plain<CSIStorageCapacity>() with
    {
        PrepareForUpdate = PlainStrategy.PrepareForConditionalUpdate,
        ValidateCreate = CSIValidation.Create,
        ValidateUpdate = CSIValidation.Update,
    };

    internal static KindRules<VolumeAttachment> VolumeAttachment => new()
    {
        PrepareForCreate = SpecStrategy.PrepareForCreate,
        PrepareForUpdate = SpecStrategy.PrepareForUpdate,
        ValidateCreate = VolumeAttachmentValidation.Create,
        ValidateUpdate = VolumeAttachmentValidation.Update,
    };

    internal static KindRules<Role> Role => Plain<Role>() with { ValidateCreate = RbacValidation.Create, ValidateUpdate = RbacValidation.Update };

    internal static KindRules<ClusterRole> ClusterRole => Plain<ClusterRole>() with { ValidateCreate = RbacValidation.Create, ValidateUpdate = RbacValidation.Update };

    internal static KindRules<RoleBinding> RoleBinding => Plain<RoleBinding>() with
    {
        WithDefaults = RbacDefaults.Apply,
        ValidateCreate = RbacValidation.Create,
        ValidateUpdate = RbacValidation.Update,
    };

    internal static KindRules<ClusterRoleBinding> ClusterRoleBinding => Plain<ClusterRoleBinding>() with
    {
        WithDefaults = RbacDefaults.Apply,
        ValidateCreate = RbacValidation.Create,
        ValidateUpdate = RbacValidation.Update,
    };

    internal static KindRules<PriorityClass> PriorityClass => Plain<PriorityClass>() with
    {
        WithDefaults = PriorityClassDefaults.Apply,
        PrepareForCreate = SpecStrategy.PrepareForCreate,
        ValidateCreate = PriorityClassValidation.Create,
        ValidateUpdate = PriorityClassValidation.Update,
    };

    internal static KindRules<RuntimeClass> RuntimeClass => Plain<RuntimeClass>() with
    {
        PrepareForUpdate = PlainStrategy.PrepareForConditionalUpdate,
        ValidateCreate = RuntimeClassValidation.Create,
        ValidateUpdate = RuntimeClassValidation.Update,
    };

    internal static KindRules<CertificateSigningRequest> CertificateSigningRequest => new()
    {
        PrepareForCreate = CertificateSigningRequestStrategy.PrepareForCreate,
        PrepareForUpdate = CertificateSigningRequestStrategy.PrepareForUpdate,
        ValidateCreate = CertificateSigningRequestValidation.Create,
        ValidateUpdate = CertificateSigningRequestValidation.Update,
    };
}
