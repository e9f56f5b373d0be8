using System.Globalization;
using Xunit.Sdk;

namespace ClusterEmu.Actors.Testing;

/// <summary>How a test kit reports that a test failed.</summary>
public interface ITestKitAssertions
{
    void Fail(string format = "", params object[] args);

    void AssertTrue(bool condition, string format = "", params object[] args);

    void AssertFalse(bool condition, string format = "", params object[] args);

    void AssertEqual<T>(T expected, T actual, string format = "", params object[] args);

    void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object[] args);
}

/// <summary>Reports to xunit.</summary>
public class XunitAssertions : ITestKitAssertions
{
    public void Fail(string format = "", params object[] args) => throw new XunitException(Text(format, args));

    public void AssertTrue(bool condition, string format = "", params object[] args)
    {
        if (!condition) throw new XunitException(Text(format, args));
    }

    public void AssertFalse(bool condition, string format = "", params object[] args) => AssertTrue(!condition, format, args);

    public void AssertEqual<T>(T expected, T actual, string format = "", params object[] args) =>
        AssertEqual(expected, actual, EqualityComparer<T>.Default.Equals, format, args);

    public void AssertEqual<T>(T expected, T actual, Func<T, T, bool> comparer, string format = "", params object[] args)
    {
        if (!comparer(expected, actual))
            throw new XunitException(Text($"{{0}}{Environment.NewLine}Expected: {{1}}{Environment.NewLine}Actual:   {{2}}",
                Text(format, args), expected!, actual!));
    }

    private static string Text(string? format, params object[] args) =>
        args.Length == 0 ? format ?? "" : string.Format(CultureInfo.InvariantCulture, format ?? "", args);
}
