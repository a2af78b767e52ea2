namespace Actors.Grains.Assignment.Tests;

public class AssignersTests
{
    [Fact]
    public void Find_EveryName_IsTheAssignerOfThatName() => Assert.All(Assigners.Names, name => Assert.Equal(name, Assigners.Find(name).Name));

    [Fact]
    public void Find_AnotherName_ListsThoseThereAre() => Assert.Equal(
        "There is no assigner 'fair'; choose one of fraction, random_grouped, static_grouped.",
        Assert.Throws<FederationException>(() => Assigners.Find("fair")).Message);
}
