namespace Actors.CollaboratorHost.Gateway.Tests;

public sealed class ReasonChangeTests
{
    private readonly ReasonChange _reasons = new();

    [Fact]
    public void IsNew_OnlyWhenTheReasonChanges() =>
        Assert.Equal([true, false, true, true], new[] { "away", "away", "expired", "away" }.Select(_reasons.IsNew));

    [Fact]
    public void Clear_SaysWhetherThereWasOne_AndForgetsIt()
    {
        Assert.False(_reasons.Clear());
        _reasons.IsNew("away");

        Assert.True(_reasons.Clear());
        Assert.True(_reasons.IsNew("away"));
    }
}
