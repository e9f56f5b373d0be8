using System.CommandLine;

namespace ClusterEmu.Cli.Commands;

/// <summary>What several commands take, and what they have in common when they fail.</summary>
internal static class CommonOptions
{
    public static Option<string> Name() => new("--name") { Description = "The cluster's name.", DefaultValueFactory = _ => "default" };

    public static Option<string?> StateDirectory() => new("--state-dir") { Description = "Where the cluster keeps its state. Default: ~/.clusteremu/NAME." };

    public static Option<string> Output(params string[] formats)
    {
        var option = new Option<string>("--output", "-o") { Description = $"Output format: {string.Join(", ", formats)}.", DefaultValueFactory = _ => formats[0] };
        option.AcceptOnlyFromAmong(formats);
        return option;
    }

    /// <summary>Runs a command; a <see cref="CommandFailure"/> becomes its message on standard error and its exit code.</summary>
    public static void Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> action) => command.SetAction(async (result, token) =>
    {
        try
        {
            return await action(result, token);
        }
        catch (CommandFailure failure)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return failure.ExitCode;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"A file or folder cannot be used: {cause.Message} See that it is there, and that you may read and write it.");
            return 1;
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            return 130;
        }
    });
}
