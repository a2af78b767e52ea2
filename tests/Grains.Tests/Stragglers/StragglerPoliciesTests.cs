namespace Actors.Grains.Stragglers.Tests;

public class StragglerPoliciesTests
{
    [Fact]
    public void Find_EveryName_IsThePolicyOfThatName() =>
        Assert.All(StragglerPolicies.Names, name => Assert.Equal(name, StragglerPolicies.Find(name).Name));

    [Fact]
    public void Find_AnotherName_ListsThoseThereAre() => Assert.Equal(
        "There is no straggler policy 'patience'; choose one of adaptive, async, cutoff_time, percentage, wait_all.",
        Assert.Throws<FederationException>(() => StragglerPolicies.Find("patience")).Message);
}
