namespace ClusterEmu.ControlPlane.Tests;

/// <summary>A test that needs kubectl; skipped, with a message, where there is none.</summary>
public sealed class KubectlFactAttribute : FactAttribute
{
    internal const string Missing = "No kubectl.1.31, .1.32 or .1.33 on the PATH.";

    public KubectlFactAttribute()
    {
        if (Kubectl.Binary is null) Skip = Missing;
    }
}

/// <summary>The same for tables.</summary>
public sealed class KubectlTheoryAttribute : TheoryAttribute
{
    public KubectlTheoryAttribute()
    {
        if (Kubectl.Binary is null) Skip = KubectlFactAttribute.Missing;
    }
}
