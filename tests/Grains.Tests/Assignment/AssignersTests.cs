namespace Actors.Grains.Assignment.Tests;

public class AssignersTests
{
    [Fact]
    public void Find_EveryName_IsTheAssignerOfThatName() => Assert.All(Assigners.BuiltIn.Names, name => Assert.Equal(name, Assigners.BuiltIn.Find(name).Name));

    [Fact]
    public void Find_AnotherName_ListsThoseThereAre() => Assert.Equal(
        "There is no assigner 'fair'; choose one of fraction, random_grouped, static_grouped.",
        Assert.Throws<FederationException>(() => Assigners.BuiltIn.Find("fair")).Message);
}
