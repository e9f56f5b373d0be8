using System.Text;

namespace ClusterEmu.Nodes;

/// <summary>What stands before a command.</summary>
public enum ShellJoint
{
    Then,
    And,
    Or,
}

/// <summary>Splits a script into commands and words. Knows quotes, backslashes, comments, <c>;</c>, <c>&amp;</c>, <c>&amp;&amp;</c>, <c>||</c>, <c>&gt;</c>.</summary>
public static class ShellWords
{
    public static IReadOnlyList<(ShellJoint Joint, IReadOnlyList<string> Words)> Split(string script)
    {
        var commands = new List<(ShellJoint, IReadOnlyList<string>)>();
        var words = new List<string>();
        var word = new StringBuilder();
        var quoted = false;
        var joint = ShellJoint.Then;
        var quote = '\0';

        for (var i = 0; i < script.Length; i++)
        {
            var c = script[i];
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
                else if (c == '\\' && quote == '"' && i + 1 < script.Length) word.Append(script[++i]);
                else word.Append(c);
                continue;
            }

            switch (c)
            {
                case '\'' or '"':
                    (quote, quoted) = (c, true);
                    break;
                case '\\' when i + 1 < script.Length:
                    if (script[++i] != '\n') word.Append(script[i]);
                    break;
                case ' ' or '\t' or '\r':
                    EndWord();
                    break;
                case '#' when word.Length == 0 && !quoted:
                    while (i + 1 < script.Length && script[i + 1] != '\n') i++;
                    break;
                case ';' or '\n':
                    EndCommand(ShellJoint.Then);
                    break;
                case '&' or '|':
                    var twice = i + 1 < script.Length && script[i + 1] == c;
                    if (twice) i++;
                    EndCommand(!twice ? ShellJoint.Then : c == '&' ? ShellJoint.And : ShellJoint.Or);
                    break;
                case '>':
                    EndWord();
                    var append = i + 1 < script.Length && script[i + 1] == '>';
                    if (append) i++;
                    words.Add(append ? ">>" : ">");
                    break;
                default:
                    word.Append(c);
                    break;
            }
        }

        EndCommand(ShellJoint.Then);
        return commands;

        void EndWord()
        {
            if (word.Length > 0 || quoted) words.Add(word.ToString());
            word.Clear();
            quoted = false;
        }

        void EndCommand(ShellJoint next)
        {
            EndWord();
            if (words.Count > 0) commands.Add((joint, words.ToArray()));
            words.Clear();
            joint = next;
        }
    }
}
