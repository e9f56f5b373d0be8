namespace ClusterEmu.Api;

/// <summary>The kinds by name, a file for each group. <see cref="KindCatalog"/> finds them by what a request says.</summary>
public static partial class Kinds;
