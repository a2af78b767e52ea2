namespace Actors.Experiments.Tests;

public class MetricsTableTests
{
    private static readonly MetricsTable Table = new(
    [
        new(0, 2, TimeSpan.FromSeconds(1.5), [new("train/loss", 0.1)]),
        new(1, 2, TimeSpan.FromSeconds(2), [new("train/loss", 0.25), new("a,b/accuracy", 1)]),
    ]);

    [Fact]
    public void Columns_AreThoseOfAllRounds()
    {
        Assert.Equal(["train/loss", "a,b/accuracy"], Table.Names);
        Assert.Equal([0.1, 0.25], Table["train/loss"]);
        Assert.Equal([null, 1], Table["a,b/accuracy"]);
    }

    [Fact]
    public void UnknownColumn_ListsTheKnown() => Assert.Contains(
        "loss was not measured; there are train/loss, a,b/accuracy.",
        Assert.Throws<ArgumentException>(() => Table["loss"]).Message,
        StringComparison.Ordinal);

    [Fact]
    public void ToCsv_QuotesNamesAndLeavesMissingValuesOut() => Assert.Equal(
        "round,seconds,train/loss,\"a,b/accuracy\"\n0,1.5,0.1,\n1,2,0.25,1\n", Table.ToCsv());
}
