using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ClusterEmu.Cli.Checks.Fuzz;

/// <summary>Whether an answer is one that an API server may give.</summary>
internal static class FuzzVerdict
{
    /// <summary>What is wrong with the answer; null if nothing.</summary>
    public static string? Of(FuzzRequest request, RawAnswer answer)
    {
        if (answer.Code == 0) return request.BreaksHttp ? null : "was left without an answer: the connection ended";
        if (answer.Code is 500 or 502 or (> 504)) return $"was answered with {answer.Code}: {Text(answer)}";
        if (answer.Code is < 200 or (>= 300 and < 400 and not 301)) return $"was answered with {answer.Code}, which no request here asks for";
        if (answer.Code < 400 || request.BreaksHttp || request.Method == "HEAD") return null;
        // A path that nothing lies at is answered in plain words, as Kubernetes does.
        if (answer.Code == 404 && answer.ContentType.StartsWith("text/plain", StringComparison.Ordinal)) return null;
        return StatusProblem(answer);
    }

    private static string? StatusProblem(RawAnswer answer)
    {
        JsonNode? status;
        try
        {
            status = JsonNode.Parse(answer.Body);
        }
        catch (JsonException)
        {
            return $"was answered with {answer.Code} and no JSON: {Text(answer)}";
        }
        if (status?["kind"]?.ToString() != "Status" || status["apiVersion"]?.ToString() != "v1") return $"was answered with {answer.Code} and no Status: {Text(answer)}";
        if (status["code"]?.GetValue<int>() != answer.Code) return $"was answered with {answer.Code}, but its Status says {status["code"]}";
        if (status["status"]?.ToString() != "Failure") return $"was answered with {answer.Code}, but its Status says {status["status"]}";
        return string.IsNullOrEmpty(status["message"]?.ToString()) ? $"was refused with {answer.Code} without a word" : null;
    }

    private static string Text(RawAnswer answer) => Encoding.UTF8.GetString(answer.Body, 0, Math.Min(answer.Body.Length, 400));
}
