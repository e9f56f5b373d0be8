namespace ClusterEmu.Api.Tests;

public class QuantityTests
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("1", "1")]
    [InlineData("+1", "1")]
    [InlineData("-1", "-1")]
    [InlineData("100m", "100m")]
    [InlineData("1000m", "1")]
    [InlineData("0.5", "500m")]
    [InlineData(".5", "500m")]
    [InlineData("1.", "1")]
    [InlineData("1500m", "1500m")]
    [InlineData("1.5Gi", "1536Mi")]
    [InlineData("1024Ki", "1Mi")]
    [InlineData("512", "512")]
    [InlineData("1Ki", "1Ki")]
    [InlineData("0.5Ki", "512")]
    [InlineData("0.1Ki", "102400m")]
    [InlineData("1000k", "1M")]
    [InlineData("12e3", "12e3")]
    [InlineData("12E3", "12e3")]
    [InlineData("1E", "1E")]
    [InlineData("1e-3", "1e-3")]
    [InlineData("1000e0", "1e3")]
    [InlineData("1n", "1n")]
    [InlineData("0.1n", "1n")]
    [InlineData("1u", "1u")]
    [InlineData("16Gi", "16Gi")]
    [InlineData("4041544Ki", "4041544Ki")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("99999999999999999999", "9223372036854775807")]
    public void TextsBecomeCanonical(string text, string canonical) => Assert.Equal(canonical, Quantity.Parse(text).ToString());

    [Theory]
    [InlineData("", "quantities must match the regular expression")]
    [InlineData("x", "quantities must match the regular expression")]
    [InlineData("1 ", "quantities must match the regular expression")]
    [InlineData("1.2.3", "quantities must match the regular expression")]
    [InlineData("1Q", "quantities must match the regular expression")]
    [InlineData("1Kii", "unable to parse quantity's suffix")]
    [InlineData("1e", "unable to parse quantity's suffix")]
    public void OtherTextsAreRefused(string text, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => Quantity.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("1", "1000m", 0)]
    [InlineData("1Ki", "1k", 1)]
    [InlineData("-1", "1n", -1)]
    public void AmountsAreComparedNotTexts(string left, string right, int order) =>
        Assert.Equal(order, Quantity.Parse(left).CompareTo(Quantity.Parse(right)));

    [Fact]
    public void SumsKeepTheFormatOfTheFirst()
    {
        Assert.Equal("2Gi", (Quantity.Parse("1Gi") + Quantity.Parse("1024Mi")).ToString());
        Assert.Equal("250m", (Quantity.Parse("1") - Quantity.Parse("750m")).ToString());
        Assert.Equal(2, Quantity.Parse("1500m").Value);
        Assert.Equal(1500, Quantity.Parse("1.5").MilliValue);
    }

    [Theory]
    [InlineData("1500m", 1500, 2)]
    [InlineData("1", 1000, 1)]
    [InlineData("9223372036854775807", long.MaxValue, long.MaxValue)]
    [InlineData("-9223372036854775807", -long.MaxValue, -long.MaxValue)]
    [InlineData("9223372036854776", long.MaxValue, 9223372036854776)]
    public void Thousandths_StopAtTheLargestNumber(string text, long millis, long units) =>
        Assert.Equal((millis, units), (Quantity.Parse(text).MilliValue, Quantity.Parse(text).Value));
}
