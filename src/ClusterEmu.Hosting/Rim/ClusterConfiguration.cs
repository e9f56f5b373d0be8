namespace ClusterEmu.Hosting;

/// <summary>The configuration of a process: the reference file, and over it the user's.</summary>
public static class ClusterConfiguration
{
    /// <summary>Reads <paramref name="file"/> over the reference configuration.</summary>
    /// <param name="reference">The text of <c>hocon/reference.conf</c>, which names every key.</param>
    /// <param name="file">Path of the file that overrides it; null for none.</param>
    /// <exception cref="HoconFileException">A file cannot be read or parsed, or holds a key that there is not.</exception>
    public static Config Load(string reference, string? file)
    {
        var defaults = Parse(HoconFiles.Expand(reference, Directory.GetCurrentDirectory(), Environment.GetEnvironmentVariable), "reference.conf");
        if (file is null) return defaults;
        var own = Parse(HoconFiles.Read(file), file);
        var unknown = ConfigurationKeys.Unknown(own, defaults).ToList();
        if (unknown.Count > 0) throw new HoconFileException(string.Join(Environment.NewLine, unknown.Select(problem => $"{file}: {problem}")));
        return own.WithFallback(defaults);
    }

    /// <exception cref="HoconFileException">The text is no HOCON.</exception>
    public static Config Parse(string text, string source)
    {
        try
        {
            return ConfigurationFactory.ParseString(text);
        }
        catch (Exception cause) when (cause is not OutOfMemoryException)
        {
            throw new HoconFileException($"{source} is no valid HOCON: {cause.Message} See hocon/reference.conf for how each key is written.");
        }
    }
}
