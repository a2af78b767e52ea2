namespace Actors.Contracts.Federations.Tests;

public class HostPolicyTests
{
    [Fact]
    public void Parse_OfNothing_HasAPersonLookAtEverything()
    {
        var policy = HostPolicy.Parse("");
        Assert.Equal((Acceptance.Review, 1, "", 0), (policy.Acceptance, policy.Parallel, policy.Data, policy.Problems.Count));
        Assert.Equal(PolicyDecision.Review, policy.Judge("alice").Decision);
    }

    [Fact]
    public void Parse_ReadsEveryKey()
    {
        var policy = HostPolicy.Parse("accept: signed-by\nauthors: [alice, bob]\nparallel: 3\ndata: scans\n");
        Assert.Equal((Acceptance.SignedBy, 3, "scans"), (policy.Acceptance, policy.Parallel, policy.Data));
        Assert.Equal(["alice", "bob"], policy.Authors);
    }

    [Theory]
    [InlineData("alice", PolicyDecision.Accept)]
    [InlineData("Alice", PolicyDecision.Refuse)]
    [InlineData("eve", PolicyDecision.Refuse)]
    public void Judge_BySignature_KnowsTheListedOnly(string author, PolicyDecision decision) =>
        Assert.Equal(decision, HostPolicy.Parse("accept: signed-by\nauthors: [alice]\n").Judge(author).Decision);

    [Fact]
    public void Judge_Automatic_AcceptsAnybody() => Assert.Equal(PolicyDecision.Accept, HostPolicy.Parse("accept: automatic").Judge("eve").Decision);

    [Theory]
    [InlineData("accept: everything", "accept")]
    [InlineData("accept: signed-by", "authors")]
    [InlineData("parallel: 0", "parallel")]
    [InlineData("acept: review", "is not a known key")]
    [InlineData("- review", "is no settings")]
    public void Parse_OfAMistake_NamesIt_AndHasAPersonLook(string yaml, string named)
    {
        var policy = HostPolicy.Parse(yaml);
        Assert.Contains(named, policy.Problems.ToText(), StringComparison.Ordinal);
    }
}
