using Spectre.Console;

namespace ClusterEmu.Cli.Demonstration;

/// <summary>Prints the walk: with colours and rules on a terminal, as plain lines elsewhere.</summary>
internal sealed class DemoOutput
{
    private readonly bool _plain = Console.IsOutputRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };

    public void Chapter(int number, string title)
    {
        Console.Out.WriteLine();
        if (_plain) Console.Out.WriteLine($"== Chapter {number}: {title} ==");
        else AnsiConsole.Write(new Rule($"[bold green]Chapter {number}: {Markup.Escape(title)}[/]").LeftJustified());
    }

    public void Story(string text) => Console.Out.WriteLine(text);

    public void Command(string text) => Line("$ " + text, "bold");

    public void Manifest(string text)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n')) Line("    " + line, "grey");
    }

    public void Result(string text)
    {
        foreach (var line in text.TrimEnd('\n').Split('\n')) Console.Out.WriteLine("  " + line);
    }

    public void Expectation(bool met, string text) => Line($"  {(met ? "ok" : "NOT AS EXPECTED")}: {text}", met ? "green" : "bold red");

    public void Step(string text) => Line(text, "grey");

    private void Line(string text, string style)
    {
        if (_plain) Console.Out.WriteLine(text);
        else AnsiConsole.MarkupLine($"[{style}]{Markup.Escape(text)}[/]");
    }
}
