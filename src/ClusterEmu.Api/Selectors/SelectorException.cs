namespace ClusterEmu.Api;

/// <summary>A selector that cannot be parsed or asks for what the kind does not offer. The message is what the API server answers with code 400.</summary>
public sealed class SelectorException(string message) : Exception(message);
