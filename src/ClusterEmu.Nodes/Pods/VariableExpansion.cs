using System.Text;

namespace ClusterEmu.Nodes;

/// <summary>Expands <c>$(NAME)</c> in values, commands and arguments. <c>$$(NAME)</c> stands for itself; an unknown name stays as it is.</summary>
/// <remarks>Source: kubernetes/kubernetes, third_party/forked/golang/expansion.</remarks>
public static class VariableExpansion
{
    public static string Expand(string text, IReadOnlyDictionary<string, string> variables)
    {
        if (!text.Contains('$')) return text;
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '$' || i + 1 == text.Length)
            {
                result.Append(text[i]);
                continue;
            }

            if (text[i + 1] == '$')
            {
                result.Append('$');
                i++;
                continue;
            }

            var end = text[i + 1] == '(' ? text.IndexOf(')', i + 2) : -1;
            if (end < 0)
            {
                result.Append('$');
                continue;
            }

            var name = text[(i + 2)..end];
            result.Append(variables.TryGetValue(name, out var value) ? value : $"$({name})");
            i = end;
        }

        return result.ToString();
    }
}
