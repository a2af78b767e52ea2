namespace Actors.Contracts.Plans.Tests;

public class PlanOverridesTests
{
    [Fact]
    public void Values_StandInPlaceOfTheTexts()
    {
        var plan = Read(
            ("aggregator.settings.rounds_to_train", 7),
            ("collaborator.settings.delta_updates", true),
            ("network.settings.lease_seconds", 1.5f)).Plan;

        Assert.NotNull(plan);
        Assert.Equal(7, plan.Aggregator.RoundsToTrain);
        Assert.True(plan.Collaborator.DeltaUpdates);
        Assert.Equal(TimeSpan.FromSeconds(1.5), plan.Network.Lease);
    }

    [Fact]
    public void AbsentSections_ListsAndMaps_AreMade()
    {
        var plan = Read(
            ("straggler_handling_policy", new Dictionary<string, object?> { ["template"] = "cutoff_time", ["settings"] = null }),
            ("straggler_handling_policy.settings.straggler_cutoff_time", 30),
            ("collaborator.settings.local_tensors", new[] { "bn*", "head" })).Plan;

        Assert.NotNull(plan);
        Assert.Equal(30, plan.Straggler.Settings.Number("straggler_cutoff_time"));
        Assert.Equal(["bn*", "head"], plan.Collaborator.LocalTensors);
    }

    [Fact]
    public void AnOverride_HasTheHashOfThePlanThatSaysSo() => Assert.Equal(
        new PlanReader().Read(ValidPlan.With("rounds_to_train: 3", "rounds_to_train: 12")).Plan?.Hash,
        Read(("aggregator.settings.rounds_to_train", 12)).Plan?.Hash);

    [Theory]
    [InlineData("agregator.settings.rounds_to_train", 5, "agregator.settings.rounds_to_train: is not a known key; did you mean aggregator.settings.rounds_to_train?")]
    [InlineData("rounds_to_train", 5, "rounds_to_train: is not a known key; did you mean aggregator.settings.rounds_to_train?")]
    [InlineData("aggregator.settings.rounds_to_trian", 5, "aggregator.settings.rounds_to_trian: is not a known key; did you mean rounds_to_train?")]
    [InlineData("aggregator.settings.rounds_to_train.most", 5, "aggregator.settings.rounds_to_train.most: is no key, aggregator.settings.rounds_to_train is 3; set aggregator.settings.rounds_to_train itself.")]
    [InlineData("aggregator.settings.rounds_to_train", "five", "aggregator.settings.rounds_to_train: \"five\" is not a whole number; write a whole number from 1 to 1000000.")]
    [InlineData("aggregator.settings.rounds_to_train", double.NaN, "aggregator.settings.rounds_to_train: NaN is not a number that a plan can agree on; write a number.")]
    [InlineData("tasks.trian.kwargs.epochs", 5, "tasks.trian.kwargs.epochs: there is no task trian; did you mean train?")]
    public void WhatCannotStand_IsNamedWithWhatCould(string key, object value, string problem) =>
        Assert.StartsWith(problem, Assert.Single(Read((key, value)).Problems).ToString(), StringComparison.Ordinal);

    [Fact]
    public void AValueOfNoPlan_IsNamedWithItsType() => Assert.StartsWith(
        "aggregator.settings.rounds_to_train: 00:00:05 is a TimeSpan; write a flag, a number, a text, a list or a map.",
        Assert.Single(Read(("aggregator.settings.rounds_to_train", TimeSpan.FromSeconds(5))).Problems).ToString(),
        StringComparison.Ordinal);

    private static PlanResult Read(params (string Key, object? Value)[] overrides) =>
        new PlanReader().Read(ValidPlan.Yaml, overrides: overrides.ToDictionary(one => one.Key, one => one.Value));
}
