using System.CommandLine;
using System.Net;
using ClusterEmu.Hosting;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu pki</c>: keys for processes that no launcher starts, such as containers.</summary>
internal static class PkiCommand
{
    public static Command Create()
    {
        var directory = new Option<string>("--dir") { Description = "Where the keys go; what is there is kept.", Required = true };
        var names = new Option<string[]>("--process") { Description = "Make a certificate for a process of this name; may be repeated.", DefaultValueFactory = _ => [] };
        var hosts = new Option<string[]>("--host") { Description = "A host name or address under which processes are reached; may be repeated.", DefaultValueFactory = _ => [] };
        var command = new Command("pki", "Make the keys of a cluster whose processes are started by hand: CA, certificates, token, fabric key.") { directory, names, hosts };
        command.Examples("clusteremu pki --dir ./pki --process nodes-1 --process edge --host control-plane --host 192.0.2.10");
        command.Does((result, _) =>
        {
            var addresses = result.GetValue(hosts)!.Select(host => (Host: host, Address: IPAddress.TryParse(host, out var ip) ? ip : null)).ToList();
            try
            {
                var pki = ClusterPki.Ensure(
                    Path.GetFullPath(result.GetValue(directory)!),
                    result.GetValue(names)!,
                    addresses.Select(pair => pair.Address).OfType<IPAddress>(),
                    addresses.Where(pair => pair.Address is null).Select(pair => pair.Host));
                Console.Out.WriteLine($"{pki.Path} holds the keys of the cluster. Give it to each process as cluster-emu.process.pki-directory.");
                return Task.FromResult(0);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
            {
                throw new CommandFailure($"The keys cannot be written to {result.GetValue(directory)}: {cause.Message} Name a directory that you may write.");
            }
        });
        return command;
    }
}
