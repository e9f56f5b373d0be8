using ClusterEmu.Api;
using ClusterEmu.Client;

namespace ClusterEmu.ControlPlane;

/// <summary>Keeps the default service account and the CA's ConfigMap of every namespace. <see cref="NamespaceDefaults"/> decides.</summary>
public sealed class NamespaceDefaultsController : ControllerActor
{
    private readonly InformerView<Namespace> _namespaces;
    private readonly InformerView<ServiceAccount> _accounts;
    private readonly InformerView<ConfigMap> _maps;

    public NamespaceDefaultsController(ControllerServices services) : base(services, "service-account-controller")
    {
        _namespaces = Follow<Namespace>(Kinds.Namespace, (before, now) => { Enqueue(ObjectKey.Of((now ?? before)!)); });
        _accounts = Follow<ServiceAccount>(Kinds.ServiceAccount, (before, now) => { Changed((now ?? before)!, NamespaceDefaults.AccountName); });
        _maps = Follow<ConfigMap>(Kinds.ConfigMap, (before, now) => { Changed((now ?? before)!, NamespaceDefaults.RootCaName); });
    }

    public static Props PropsFor(ControllerServices services) => Props.Create(() => new NamespaceDefaultsController(services));

    protected override ControllerPlan Reconcile(ObjectKey key) => _namespaces.Objects.Get(key) is { } value
        ? NamespaceDefaults.Plan(
            value, _accounts.Objects.Get(key.Name, NamespaceDefaults.AccountName), _maps.Objects.Get(key.Name, NamespaceDefaults.RootCaName), Options.RootCa)
        : ControllerPlan.Nothing;

    private void Changed(IKubeObject value, string name)
    {
        if (value.Metadata.Name == name) Enqueue(new ObjectKey("", value.Metadata.Namespace));
    }
}
