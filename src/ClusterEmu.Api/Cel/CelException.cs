namespace ClusterEmu.Api;

/// <summary>An expression that cannot be read, or that fails when it is evaluated.</summary>
/// <param name="message">Why.</param>
/// <param name="position">The place in the expression, from 0; -1 if it is none.</param>
internal sealed class CelException(string message, int position = -1) : Exception(message)
{
    public int Position => position;

    /// <summary>The complaint with the place, as Kubernetes' compiler shows it.</summary>
    public string Describe(string expression)
    {
        if (position < 0) return Message;
        var before = expression[..Math.Min(position, expression.Length)];
        var line = before.Count(letter => letter == '\n') + 1;
        var start = before.LastIndexOf('\n') + 1;
        var column = before.Length - start;
        var text = expression[start..].Split('\n')[0];
        return $"ERROR: <input>:{line}:{column + 1}: {Message}\n | {text}\n | {new string('.', column)}^";
    }
}
