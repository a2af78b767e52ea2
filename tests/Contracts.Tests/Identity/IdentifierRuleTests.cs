using Actors.Contracts.Identity;

namespace Actors.Contracts.Identity.Tests;

public class IdentifierRuleTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("hospital-a_1.example.org")]
    [InlineData("-")]
    public void Allows_LettersDigitsAndThreeSigns(string text) => Assert.True(IdentifierRule.Allows(text));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(".hidden")]
    [InlineData("..")]
    [InlineData("a/b")]
    [InlineData("a b")]
    [InlineData("zürich")]
    [InlineData("line\n")]
    public void Allows_NothingElse(string? text) => Assert.False(IdentifierRule.Allows(text));

    [Fact]
    public void Allows_64CharactersAndNotOneMore()
    {
        Assert.True(IdentifierRule.Allows(new('x', IdentifierRule.MaximumLength)));
        Assert.False(IdentifierRule.Allows(new('x', IdentifierRule.MaximumLength + 1)));
    }

    [Fact]
    public void Require_BadName_SaysWhatItIsTheNameOfAndWhatIsAllowed()
    {
        var refused = Assert.Throws<ArgumentException>(() => IdentifierRule.Require("a b", "collaborator"));
        Assert.Equal(
            "The collaborator 'a b' is no name: use 1 to 64 letters, digits, '-', '_' or '.', not starting with a dot.", refused.Message);
    }
}
