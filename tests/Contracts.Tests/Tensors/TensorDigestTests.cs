using System.Text;

using Actors.Contracts.Tensors;

using FsCheck.Xunit;

namespace Actors.Contracts.Tensors.Tests;

public class TensorDigestTests
{
    [Fact]
    public void OfNothing_IsTheAlgorithmsPublishedValue() =>
        Assert.Equal("99aa06d3014798d86001c324468d497f", TensorDigester.Of([]).ToString());

    [Property]
    public bool InPieces_IsTheSameAsAtOnce(byte[] bytes, byte cut)
    {
        var digester = new TensorDigester();
        var first = Math.Min(cut, bytes.Length);
        digester.Append(bytes.AsSpan(0, first));
        digester.Append(bytes.AsSpan(first));
        return digester.Current() == TensorDigester.Of(bytes);
    }

    [Property]
    public bool Parse_OfToString_IsTheSameDigest(byte[] bytes) =>
        TensorDigest.Parse(TensorDigester.Of(bytes).ToString()) == TensorDigester.Of(bytes);

    [Fact]
    public void ToString_KeepsLeadingZeros() => Assert.Equal(new string('0', 31) + "1", new TensorDigest(1).ToString());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("99aa06d3014798d86001c324468d497")]
    [InlineData("099aa06d3014798d86001c324468d497f")]
    [InlineData("x9aa06d3014798d86001c324468d497f")]
    [InlineData(" 9aa06d3014798d86001c324468d497f")]
    public void Parse_AnythingElse_IsRefused(string? text)
    {
        Assert.False(TensorDigest.TryParse(text, out _));
        Assert.Contains("32 hexadecimal digits", Assert.Throws<FormatException>(() => TensorDigest.Parse(text!)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Current_MayBeAskedBetweenPieces()
    {
        var digester = new TensorDigester();
        digester.Append(Encoding.ASCII.GetBytes("fl"));
        var early = digester.Current();
        digester.Append(Encoding.ASCII.GetBytes("plan"));
        Assert.Equal(TensorDigester.Of("fl"u8), early);
        Assert.Equal(TensorDigester.Of("flplan"u8), digester.Current());
    }
}
