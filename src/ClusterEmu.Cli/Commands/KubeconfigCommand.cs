using System.CommandLine;
using ClusterEmu.Cli.Kubeconfigs;
using ClusterEmu.Hosting;

namespace ClusterEmu.Cli.Commands;

/// <summary><c>clusteremu kubeconfig</c>: how kubectl reaches a cluster that no launcher started, such as one of containers.</summary>
internal static class KubeconfigCommand
{
    public static Command Create()
    {
        var directory = new Option<string>("--dir") { Description = "The cluster's keys, as 'clusteremu pki' made them.", Required = true };
        var server = new Option<string>("--server") { Description = "Where the API server is for kubectl, such as https://localhost:6443. Its certificate must name that host ('clusteremu pki --host').", Required = true };
        var name = new Option<string>("--name") { Description = "The cluster's name; the context is clusteremu-NAME.", DefaultValueFactory = _ => "default" };
        var output = new Option<string?>("--output", "-o") { Description = "Write the file there, readable by its owner only. Default: standard output." };
        var command = new Command("kubeconfig", "Write the administrator's kubeconfig of a cluster whose processes are started by hand.") { directory, server, name, output };
        command.Examples("clusteremu kubeconfig --dir ./pki --server https://localhost:6443 --output ./kubeconfig");
        command.Does((result, _) =>
        {
            var entry = EntryOf(result.GetValue(directory)!, result.GetValue(server)!, result.GetValue(name)!);
            if (result.GetValue(output) is { } file) Write(file, entry);
            else Console.Out.Write(TextOf(entry));
            return Task.FromResult(0);
        });
        return command;
    }

    private static KubeconfigEntry EntryOf(string directory, string server, string name)
    {
        if (!Uri.TryCreate(server, UriKind.Absolute, out var uri) || uri.Scheme != Uri.UriSchemeHttps)
            throw new CommandFailure($"--server is '{server}', but must be the API server's address, such as https://localhost:6443.", 2);
        var pki = ClusterPki.Open(Path.GetFullPath(directory));
        try
        {
            return new KubeconfigEntry($"clusteremu-{name}", uri.GetLeftPart(UriPartial.Authority), pki.AuthorityPem, pki.CertificatePem("admin"), pki.KeyPem("admin"));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"The cluster's keys cannot be read: {cause.Message} Name the directory that 'clusteremu pki --dir DIR' filled.");
        }
    }

    private static string TextOf(KubeconfigEntry entry)
    {
        var document = KubeconfigDocument.Empty();
        document.Add(entry);
        return document.ToString();
    }

    private static void Write(string file, KubeconfigEntry entry)
    {
        try
        {
            KubeconfigFiles.WriteOwn(file, entry);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{file} cannot be written: {cause.Message} Name a file in a directory that you may write.");
        }
        Console.Out.WriteLine($"{file} leads to {entry.Server}: kubectl --kubeconfig {file} get nodes");
    }
}
