namespace Actors.Grains.Aggregation.Tests;

public class AggregationRulesTests
{
    [Fact]
    public void Find_EveryName_IsTheRuleOfThatName() => Assert.All(AggregationRules.Names, name => Assert.Equal(name, AggregationRules.Find(name).Name));

    [Fact]
    public void Find_AnotherName_ListsThoseThereAre() => Assert.Equal(
        "There is no aggregation rule 'mode'; choose one of median, trimmed_mean, weighted_average.",
        Assert.Throws<FederationException>(() => AggregationRules.Find("mode")).Message);
}
