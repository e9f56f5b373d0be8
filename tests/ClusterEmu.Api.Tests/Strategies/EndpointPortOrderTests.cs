namespace ClusterEmu.Api.Tests.Strategies;

public sealed class EndpointPortOrderTests
{
    [Fact]
    public void Ports_StandInTheOrderThatARealServerPrints()
    {
        // Recorded: 'kubectl get endpoints multi-port-svc' of the guide begins with 8443.
        EndpointSubset subset = new()
        {
            Addresses = [new EndpointAddress { IP = "10.0.0.1" }],
            Ports =
            [
                new EndpointPort { Name = "http", Port = 8080, Protocol = "TCP" },
                new EndpointPort { Name = "https", Port = 8443, Protocol = "TCP" },
                new EndpointPort { Name = "metrics", Port = 9090, Protocol = "TCP" },
            ],
        };
        Assert.Equal([8443, 9090, 8080], EndpointsStrategy.Repack([subset]).Single().Ports.Select(port => port.Port));
    }
}
