namespace Actors.Contracts.Identity.Tests;

public class ContributorIdTests
{
    [Fact]
    public void Parse_ReadsWhatToStringWrote()
    {
        var id = new ContributorId(new(new FederationId("clinics"), "tumours"), new CollaboratorName("ann"));
        Assert.Equal("clinics/tumours/ann", id.ToString());
        Assert.Equal(id, ContributorId.Parse(id.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("clinics/tumours")]
    [InlineData("clinics/tumours/ann/0")]
    public void Parse_AnotherForm_IsRefused(string text) =>
        Assert.Contains("write 'federation/experiment/collaborator'", Assert.Throws<FormatException>(() => ContributorId.Parse(text)).Message, StringComparison.Ordinal);
}
