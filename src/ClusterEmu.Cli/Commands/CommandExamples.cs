using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.CompilerServices;

namespace ClusterEmu.Cli.Commands;

/// <summary>Example lines of commands, which their help shows.</summary>
internal static class CommandExamples
{
    private static readonly ConditionalWeakTable<Command, string[]> Lines = [];

    /// <summary>Gives the command its examples: whole command lines.</summary>
    public static void Examples(this Command command, params string[] lines) => Lines.AddOrUpdate(command, lines);

    /// <summary>Shows the examples at the end of every command's help.</summary>
    public static void ShowExamples(this RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>()) option.Action = new HelpWithExamples(option.Action as SynchronousCommandLineAction ?? new HelpAction());
    }

    private sealed class HelpWithExamples(SynchronousCommandLineAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var code = help.Invoke(parseResult);
            if (!Lines.TryGetValue(parseResult.CommandResult.Command, out var lines)) return code;
            var output = parseResult.InvocationConfiguration.Output;
            output.WriteLine("Examples:");
            foreach (var line in lines) output.WriteLine("  " + line);
            output.WriteLine();
            return code;
        }
    }
}
