namespace Actors.Pki.Tests;

public class PeerNameTests
{
    [Theory]
    [InlineData("one")]
    [InlineData("Hospital_1.north-wing")]
    [InlineData("7")]
    public void Collaborator_ThatIsUsable_StaysAsTyped(string label) => Assert.Equal(label, PeerName.Collaborator(label));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("..")]
    [InlineData("a..b")]
    [InlineData("a\nb")]
    [InlineData("a\0b")]
    [InlineData("a,CN=b")]
    [InlineData("ä")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void Collaborator_ThatIsNot_IsRefusedAndSaysWhatIs(string label) =>
        Assert.Contains(
            "choose 1 to 64 letters, digits, '-', '_' or '.', without '..'",
            Scratch.Refusal(() => PeerName.Collaborator(label)),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("localhost", "localhost")]
    [InlineData("Agg-1.Example.ORG", "agg-1.example.org")]
    [InlineData("10.0.0.7", "10.0.0.7")]
    [InlineData("FE80::1", "fe80::1")]
    public void Aggregator_ThatIsUsable_IsLowered(string host, string name) => Assert.Equal(name, PeerName.Aggregator(host));

    [Theory]
    [InlineData("")]
    [InlineData("a..b")]
    [InlineData("-a.org")]
    [InlineData("a_b.org")]
    [InlineData("a.org/")]
    [InlineData("*.example.org")]
    [InlineData("127.1")]
    [InlineData("256.0.0.1")]
    [InlineData("a.org\r")]
    [InlineData("a23456789012345678901234567890.a23456789012345678901234567890.org")]
    public void Aggregator_ThatIsNot_IsRefusedAndSaysWhatIs(string host)
    {
        var refusal = Scratch.Refusal(() => PeerName.Aggregator(host));
        Assert.Contains("give a DNS name of at most 64 characters or an IP address", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Refusal_OfAHostileName_StaysOnOneShortLine()
    {
        var refusal = Scratch.Refusal(() => PeerName.Collaborator("x\n" + new string('y', 10_000)));
        Assert.DoesNotContain('\n', refusal);
        Assert.True(refusal.Length < 400);
    }
}
