using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Actors.Contracts.Plans.Tests;

public class PlanHashTests
{
    private static readonly string Known = new('a', 96);

    [Fact]
    public void Of_Plan_IsThatOfItsCanonicalText()
    {
        var plan = ValidPlan.Read(ValidPlan.Yaml);

        Assert.Equal(plan.Hash, PlanHash.OfCanonical(plan.Canonical));
        Assert.Equal(plan.Hash.ToString()[..8], plan.Hash.Short);
    }

    [Fact]
    public void OfCanonical_IsSha384() => Assert.Equal(
        "d2a23bc783e3aa38f401e13c7488505137c4954a7fd88331f1597c5ff71111dc807c7370a5b282c6da541c56ede69f30",
        PlanHash.OfCanonical("{}").ToString());

    [Property]
    public bool Of_KeyOrderAndComments_DoNotChangeIt(int seed)
    {
        var shuffled = Shuffled(ValidPlan.Read(ValidPlan.Yaml).Document.Root, new Random(seed));
        var commented = string.Join('\n', PlanYaml.Write(shuffled).Split('\n').Select(line => $"# note {seed}\n{line}"));

        return ValidPlan.Read(commented).Hash == ValidPlan.Read(ValidPlan.Yaml).Hash;
    }

    [Property]
    public Property Of_AnotherNumberOfRounds_ChangesIt() => Prop.ForAll(
        Gen.Choose(1, 1_000_000).ToArbitrary(),
        rounds => rounds == 3 ^ ValidPlan.Read(ValidPlan.With("rounds_to_train: 3", $"rounds_to_train: {rounds}")).Hash != ValidPlan.Read(ValidPlan.Yaml).Hash);

    [Theory]
    [InlineData("percentage: 1.0", "percentage: 1")]
    [InlineData("percentage: 1.0", "'percentage': 10e-1")]
    [InlineData("batch_size: 64", "batch_size: 0x40")]
    [InlineData("[validate_global, train]", "\n          - \"validate_global\"\n          - train")]
    public void Of_AnotherSpelling_DoesNotChangeIt(string old, string spelling) =>
        Assert.Equal(ValidPlan.Read(ValidPlan.Yaml).Hash, ValidPlan.Read(ValidPlan.With(old, spelling)).Hash);

    [Theory]
    [InlineData("opt_treatment: RESET", "opt_treatment: RESET\n    delta_updates: false")]
    [InlineData("batch_size: 64", "batch_size: '64'")]
    [InlineData("template: random_grouped", "template: openfl.component.RandomGroupedAssigner")]
    public void Of_AnotherText_ChangesItEvenIfItMeansTheSame(string old, string text) =>
        Assert.NotEqual(ValidPlan.Read(ValidPlan.Yaml).Hash, ValidPlan.Read(ValidPlan.With(old, text)).Hash);

    [Fact]
    public void Of_SettingsMovedToDefaults_DoNotChangeIt()
    {
        var yaml = ValidPlan.With("  template: src.ShardLoader\n  settings:\n    batch_size: 64\n", "  defaults: plan/defaults/loader.yaml\n");

        var plan = ValidPlan.Read(yaml, _ => "template: src.ShardLoader\nsettings: {batch_size: 64}");

        Assert.Equal(ValidPlan.Read(ValidPlan.Yaml).Hash, plan.Hash);
    }

    [Fact]
    public void Parse_WhatToStringPrints_IsTheSameHash()
    {
        var hash = ValidPlan.Read(ValidPlan.Yaml).Hash;

        Assert.Equal(hash, PlanHash.Parse(hash.ToString().ToUpperInvariant()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abcd")]
    public void Parse_AnythingElse_Throws(string text)
    {
        Assert.False(PlanHash.TryParse(text, out _));
        Assert.Throws<FormatException>(() => PlanHash.Parse(text));
        Assert.Throws<FormatException>(() => PlanHash.Parse(Known[1..] + "g"));
    }

    private static PlanValue.Map Shuffled(PlanValue.Map map, Random random)
    {
        var entries = map.Entries.Select(entry => entry.Value is PlanValue.Map below ? entry with { Value = Shuffled(below, random) } : entry).ToArray();
        random.Shuffle(entries);
        return map with { Entries = entries };
    }
}
