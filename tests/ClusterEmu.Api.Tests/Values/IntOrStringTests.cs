namespace ClusterEmu.Api.Tests;

public class IntOrStringTests
{
    [Theory]
    [InlineData("25%", 10, true, 3)]
    [InlineData("25%", 10, false, 2)]
    [InlineData("100%", 7, true, 7)]
    [InlineData("x%", 7, true, null)]
    [InlineData("http", 7, true, null)]
    public void SharesAreScaled(string text, int total, bool roundUp, int? scaled) =>
        Assert.Equal(scaled, new IntOrString(text).Scaled(total, roundUp));

    [Fact]
    public void NumbersAndNamesStayWhatTheyAre()
    {
        var service = (Service)Kinds.Service.Decode("""{"spec":{"ports":[{"port":1,"targetPort":"http"},{"port":2,"targetPort":8080},{"port":3}]}}"""u8);
        Assert.Equal(["http", "8080", "0"], service.Spec.Ports.Select(port => port.TargetPort.ToString()));
        Assert.Equal([true, false, false], service.Spec.Ports.Select(port => port.TargetPort.IsString));
        Assert.Equal(5, new IntOrString(5).Scaled(1, true));
    }
}
