namespace ClusterEmu.Cli.Demonstration;

/// <summary>One chapter of the walk through the guide.</summary>
/// <param name="Number">From 1; also what <c>--chapter</c> takes.</param>
/// <param name="Title">A few words.</param>
/// <param name="Story">What the chapter shows, in two or three sentences.</param>
/// <param name="TryYourself">Commands for the reader.</param>
/// <param name="RunAsync">Applies, sends, and checks what it promised.</param>
internal sealed record DemoChapter(int Number, string Title, string Story, IReadOnlyList<string> TryYourself, Func<DemoStage, Task> RunAsync);
