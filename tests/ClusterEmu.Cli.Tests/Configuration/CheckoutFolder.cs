namespace ClusterEmu.Tests;

/// <summary>Where the checkout lies that the tests were built from. Linked into every test project that looks at its files.</summary>
internal static class CheckoutFolder
{
    public static string Root { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "ClusterEmu.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException($"No ClusterEmu.sln above {AppContext.BaseDirectory}. Run the tests from a checkout.");
    }
}
