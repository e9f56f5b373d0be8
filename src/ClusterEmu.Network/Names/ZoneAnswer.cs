namespace ClusterEmu.Network;

/// <summary>What a zone says to a question.</summary>
/// <param name="Code">NoError, also where the name exists without such records (NODATA); NameError where there is no such name.</param>
/// <param name="Answers">The records asked for, aliases first.</param>
/// <param name="Additional">Addresses of names that the answers mention.</param>
/// <param name="Negative">The zone's SOA, if there are no answers: how long to remember that.</param>
public sealed record ZoneAnswer(DnsCode Code, IReadOnlyList<DnsRecord> Answers, IReadOnlyList<DnsRecord> Additional, DnsRecord.Authority? Negative);
