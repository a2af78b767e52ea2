namespace Actors.Contracts.Plans.Tests;

public class YamlTreeTests
{
    [Theory]
    [InlineData("true", "true")]
    [InlineData("False", "false")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("off", "\"off\"")]
    [InlineData("~", "null")]
    [InlineData("'null'", "\"null\"")]
    [InlineData("0x1F", "31")]
    [InlineData("0o17", "15")]
    [InlineData("017", "17")]
    [InlineData("-5", "-5")]
    [InlineData("1e-3", "0.001")]
    [InlineData("-0.0", "0")]
    [InlineData("1.0", "1")]
    [InlineData("1_000", "\"1_000\"")]
    [InlineData("12:30", "\"12:30\"")]
    [InlineData("2020-01-01", "\"2020-01-01\"")]
    [InlineData("!!str 12", "\"12\"")]
    [InlineData("! 12", "\"12\"")]
    [InlineData("-.inf", "-1e999")]
    [InlineData("1e400", null)]
    [InlineData(".NaN", null)]
    public void Parse_Scalar_MeansWhatTheCoreRulesSay(string yaml, string? canonical)
    {
        var problems = new PlanProblems();

        var value = YamlTree.Parse(yaml, null, "", problems)!;

        Assert.Equal(canonical is null ? 1 : 0, problems.Count);
        Assert.Equal(canonical ?? CanonicalPlan.Of(value), CanonicalPlan.Of(value));
    }

    [Fact]
    public void Parse_AliasesAndMerges_AreExpandedUnderTheirOwnPaths()
    {
        var problems = new PlanProblems();

        var root = (PlanValue.Map)YamlTree.Parse("a: &base {x: 1, y: [2]}\nb: *base\nc: {<<: *base, x: 3}", null, "", problems)!;

        Assert.Equal("""{"a":{"x":1,"y":[2]},"b":{"x":1,"y":[2]},"c":{"x":3,"y":[2]}}""", CanonicalPlan.Of(root));
        var list = (PlanValue.Items)((PlanValue.Map)root.Find("c")!).Find("y")!;
        Assert.Equal(("c.y[0]", 1), (list.Values[0].Path, list.Values[0].Place.Line));
        Assert.Empty(problems);
    }

    [Theory]
    [InlineData("a: 1\n---\nb: 2", "line 2: a second document begins here; keep one.")]
    [InlineData("[a]: 1", "line 1: a key is a list, a map or an alias; write a name.")]
    [InlineData("a: {<<: 1}", "a.<< (line 1): 1 is not a map; write << with an alias of a map.")]
    [InlineData("a: &a [*a]", "a[0] (line 1): *a names no anchor above it; write &a before the value that is meant.")]
    public void Parse_WhatAPlanCannotUse_IsAProblem(string yaml, string expected)
    {
        var problems = new PlanProblems();

        YamlTree.Parse(yaml, null, "", problems);

        Assert.Equal(expected, problems.ToText());
    }
}
