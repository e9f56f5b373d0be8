namespace ClusterEmu.Api;

/// <summary>What the API server makes of a Secret. Source: SetDefaults_Secret and Convert_v1_Secret_To_core_Secret.</summary>
public static class SecretDefaults
{
    /// <summary><c>stringData</c> is for writing only: it goes into <c>data</c>, over keys of the same name.</summary>
    public static Secret Apply(Secret secret)
    {
        if (secret.Type.Length == 0) secret = secret with { Type = "Opaque" };
        if (secret.StringData.Count == 0) return secret;
        var data = new Dictionary<string, byte[]>(secret.Data, StringComparer.Ordinal);
        foreach (var (key, text) in secret.StringData) data[key] = System.Text.Encoding.UTF8.GetBytes(text);
        return secret with { Data = data, StringData = EmptyMap.Strings };
    }
}
