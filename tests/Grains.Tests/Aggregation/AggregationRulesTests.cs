namespace Actors.Grains.Aggregation.Tests;

public class AggregationRulesTests
{
    [Fact]
    public void Find_EveryName_IsTheRuleOfThatName() => Assert.All(AggregationRules.BuiltIn.Names, name => Assert.Equal(name, AggregationRules.BuiltIn.Find(name).Name));

    [Fact]
    public void Find_AnotherName_ListsThoseThereAre() => Assert.Equal(
        "There is no aggregation rule 'mode'; choose one of bounded_average, fed_adagrad, fed_adam, fed_avg_m, fed_curv, fed_yogi, geometric_median, krum, "
        + "median, multi_krum, norm_bounded, scaffold, trimmed_mean, weighted_average.",
        Assert.Throws<FederationException>(() => AggregationRules.BuiltIn.Find("mode")).Message);
}
