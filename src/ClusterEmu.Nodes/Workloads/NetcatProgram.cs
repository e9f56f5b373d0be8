namespace ClusterEmu.Nodes;

/// <summary><c>nc -l -p PORT</c>, <c>nc -lk -p PORT</c>, <c>nc -l PORT</c>: accepts and says nothing. Without <c>-k</c> a real one ends after one client; this one stays.</summary>
public static class NetcatProgram
{
    /// <summary>The plan; null if it is no listener.</summary>
    public static ContainerPlan? Plan(IReadOnlyList<string> line)
    {
        var listens = line.Skip(1).Any(word => word.StartsWith('-') && word.Contains('l'));
        if (!listens) return null;
        var number = line.Skip(1).LastOrDefault(word => word.Length > 0 && word.All(char.IsAsciiDigit));
        if (!int.TryParse(number, out var port) || port is < 1 or > 65535) return null;
        return new ContainerPlan { Listeners = [ListenerPlan.ForRaw(port, (_, _) => "")], StopsWithin = null };
    }
}
