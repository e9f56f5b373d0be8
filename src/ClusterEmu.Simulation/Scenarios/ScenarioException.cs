namespace ClusterEmu.Simulation;

/// <summary>A scenario cannot be used. The message names the place in it, the value, what would do, and the next step; one line per problem.</summary>
public sealed class ScenarioException(string message) : Exception(message);
