using ClusterEmu.Cli.Roles;

namespace ClusterEmu.Cli.Tests;

public class RollingLogTests
{
    [Fact]
    public void Log_KeepsTheNewestLines_InTwoFilesOfTheLimit()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "edge.log");
        Write(file, Enumerable.Range(1, 1000), limit: 200);
        Assert.True(new FileInfo(file).Length <= 200);
        Assert.True(new FileInfo(file + ".1").Length <= 200);
        string[] lines = [.. File.ReadLines(file + ".1"), .. File.ReadLines(file)];
        Assert.Equal(Enumerable.Range(1001 - lines.Length, lines.Length).Select(Line), lines);
        Assert.Equal(2, Directory.GetFiles(folder.Path).Length);
    }

    [Fact]
    public void Log_GoesOnWhereAFormerProcessEnded()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "edge.log");
        Write(file, [1], limit: 1000);
        Write(file, [2], limit: 1000);
        Assert.Equal([Line(1), Line(2)], File.ReadLines(file));
        Write(file, [3], limit: 30);
        Assert.Equal([Line(3)], File.ReadLines(file));
    }

    [Fact]
    public void Log_TakesAWriteLongerThanItsLimitWhole()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "edge.log");
        using (var log = new RollingLog(file, 10))
        {
            log.Write(new byte[100]);
            log.Write(new byte[5]);
        }
        Assert.Equal((100, 5), (new FileInfo(file + ".1").Length, new FileInfo(file).Length));
    }

    private static string Line(int number) => $"line number {number}";

    private static void Write(string file, IEnumerable<int> numbers, long limit)
    {
        using var writer = new StreamWriter(new RollingLog(file, limit)) { AutoFlush = true };
        foreach (var number in numbers) writer.Write(Line(number) + "\n");
    }
}
