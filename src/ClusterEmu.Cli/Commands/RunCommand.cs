using System.CommandLine;
using ClusterEmu.Cli.Roles;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu run ROLE</c>: one process of a cluster. The launcher starts these; so do containers.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var role = new Argument<string>("ROLE") { Description = "control-plane, nodes or edge." };
        role.AcceptOnlyFromAmong("control-plane", "nodes", "edge");
        var config = new Option<string?>("--config") { Description = "A HOCON file over the defaults in hocon/reference.conf." };
        var log = new Option<string?>("--log-file") { Description = "Write the log there. Default: standard output." };
        var supervised = new Option<bool>("--supervised") { Description = "End when standard input ends, as the launcher wants it." };
        var command = new Command("run", "Run one process of a cluster: for containers, other machines, and the launcher.") { role, config, log, supervised };
        command.Examples("clusteremu run control-plane --config hocon/control-plane.conf");
        command.Does((result, token) => RoleProcess.RunAsync(result.GetValue(role)!, result.GetValue(config), result.GetValue(log), result.GetValue(supervised), token));
        return command;
    }
}
