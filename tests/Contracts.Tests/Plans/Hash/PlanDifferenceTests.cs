using FsCheck.Xunit;

namespace Actors.Contracts.Plans.Tests;

public class PlanDifferenceTests
{
    [Theory]
    [InlineData("""{"a":1,"b":{"c":2,"d":3}}""", """{"a":1,"b":{"c":5,"d":4}}""", "b.c is 2 here and 5 there")]
    [InlineData("""{"a":1}""", """{"b":1}""", "a is 1 here and absent there")]
    [InlineData("""{}""", """{"b":{"c":[1]}}""", """b is absent here and {"c":[1]} there""")]
    [InlineData("""{"a":[1,{"b":2}]}""", """{"a":[1,{"b":3}]}""", "a[1].b is 2 here and 3 there")]
    [InlineData("""{"a":[1]}""", """{"a":[1,2]}""", "a[1] is absent here and 2 there")]
    [InlineData("""{"a":1}""", """{"a":"1"}""", "a is 1 here and \"1\" there")]
    [InlineData("""{"a":null}""", """{}""", "a is null here and absent there")]
    public void First_IsTheFirstKeyInSortedOrder(string here, string there, string expected) =>
        Assert.Equal(expected, PlanDifference.First(here, there)!.ToString());

    [Fact]
    public void First_OfTheSamePlan_IsNull()
    {
        var canonical = ValidPlan.Read(ValidPlan.Yaml).Canonical;

        Assert.Null(PlanDifference.First(canonical, canonical));
    }

    [Property]
    public bool First_IsNullExactlyWhenTheHashesAreEqual(byte rounds, byte port)
    {
        var here = ValidPlan.Read(ValidPlan.Yaml);
        var there = ValidPlan.Read(ValidPlan.With("rounds_to_train: 3", $"rounds_to_train: {(rounds % 4) + 1}")
            .Replace("50051", $"{50050 + (port % 3)}", StringComparison.Ordinal));

        return PlanDifference.First(here.Canonical, there.Canonical) is null == (here.Hash == there.Hash);
    }

    [Fact]
    public void First_OfNoJson_Throws() => Assert.Throws<FormatException>(() => PlanDifference.First("{}", "{"));
}
