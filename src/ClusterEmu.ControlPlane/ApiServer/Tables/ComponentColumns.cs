using ClusterEmu.Api;

namespace ClusterEmu.ControlPlane.ApiServer;

/// <summary>A ComponentStatus's row. Source: printComponentStatus.</summary>
internal static class ComponentColumns
{
    public static readonly TableColumns Columns = TableColumns.Of<ComponentStatus>(
        "Name:name Status Message Error",
        (component, _) =>
        {
            var health = component.Conditions.FirstOrDefault(condition => condition.Type == "Healthy");
            var status = health is null ? "Unknown" : health.Status == "True" ? "Healthy" : "Unhealthy";
            return [component.Metadata.Name, status, health?.Message ?? "", health?.Error ?? ""];
        });
}
