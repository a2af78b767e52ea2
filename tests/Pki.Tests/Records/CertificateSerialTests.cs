namespace Actors.Pki.Tests;

public class CertificateSerialTests
{
    [Theory]
    [InlineData("0a1B", "A1B")]
    [InlineData("0A:1B", "A1B")]
    [InlineData(" 7f ", "7F")]
    [InlineData("00", "0")]
    public void Parse_InAnyForm_PrintsOneWay(string text, string printed)
    {
        Assert.Equal(printed, CertificateSerial.Parse(text).ToString());
        Assert.Equal(CertificateSerial.Parse(printed), CertificateSerial.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("xyz")]
    [InlineData("-1")]
    [InlineData("11111111111111111111111111111111111111111")]
    public void Parse_OfSomethingElse_IsRefused(string text) =>
        Assert.Contains("is not hexadecimal", Scratch.Refusal(() => CertificateSerial.Parse(text)), StringComparison.Ordinal);
}
