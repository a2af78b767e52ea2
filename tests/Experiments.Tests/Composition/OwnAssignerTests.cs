using Actors.Contracts.Identity;
using Actors.Grains.Assignment;
using Actors.Grains.Experiments;
using Actors.Learning;

namespace Actors.Experiments.Composition.Tests;

public sealed class OwnAssignerTests
{
    private static readonly string[] Tasks = ["validate", "train"];
    private static readonly CollaboratorName[] Members = [new("ann"), new("bob"), new("eve")];

    [Fact]
    public void Assign_GivesWhatTheClassSays_AndNobodyAnEmptyList()
    {
        var assigned = Assign(round => new() { ["bob"] = round.Tasks, ["eve"] = ["train", "train"], ["ann"] = [] });

        Assert.Equal(["bob", "eve"], assigned.Tasks.Keys.Select(name => name.Value).Order());
        Assert.Equal(Tasks, assigned.Tasks[new("bob")]);
        Assert.Equal(["train"], assigned.Tasks[new("eve")]);
        Assert.Null(assigned.Enough);
    }

    [Fact]
    public void Assign_AsksWithRoundMembersTasksAndSeed()
    {
        RoundQuestion? asked = null;
        Assign(
            round =>
            {
                asked = round;
                return [];
            },
            round: 4);

        Assert.Equal((4, 7L), (asked!.Number, asked.Seed));
        Assert.Equal(["ann", "bob", "eve"], asked.Collaborators);
        Assert.Equal(Tasks, asked.Tasks);
    }

    [Fact]
    public void Random_IsTheRoundsOwn_AndTheSameEveryTime()
    {
        ulong[] draws = [.. new[] { (0, 7L), (0, 7L), (1, 7L), (0, 8L) }.Select(of =>
        {
            var random = new RoundQuestion(of.Item1, [], [], of.Item2).Random();
            return random.Next();
        })];
        Assert.Equal(draws[0], draws[1]);
        Assert.Equal(3, draws.Distinct().Count());
    }

    [Fact]
    public void Assign_ToAStranger_IsRefused() => Assert.Equal(
        "The assigner Mine gave tasks to zoe, who is not in the federation. Assign to the collaborators it is asked about (round 0).",
        Assert.Throws<AssignmentException>(() => Assign(round => new() { ["zoe"] = round.Tasks })).Message);

    [Fact]
    public void Assign_ATaskThatThePlanLacks_IsRefused() => Assert.Equal(
        "The assigner Mine gave ann the task 'tune', which the plan does not have. Assign some of validate, train (round 0).",
        Assert.Throws<AssignmentException>(() => Assign(_ => new() { ["ann"] = ["tune"] })).Message);

    [Fact]
    public void Assign_WhatTheClassThrows_IsNamed() => Assert.Equal(
        "The assigner Mine failed in round 0: no such luck",
        Assert.Throws<AssignmentException>(() => Assign(_ => throw new InvalidOperationException("no such luck"))).Message);

    private static RoundAssignment Assign(Func<RoundQuestion, Dictionary<string, IReadOnlyList<string>>> answer, int round = 0) =>
        new OwnAssigner("Mine", new Answering(answer), Tasks).Assign(new("Mine", 7, []), round, attempt: 0, Members);

    private sealed class Answering(Func<RoundQuestion, Dictionary<string, IReadOnlyList<string>>> answer) : Assigner
    {
        public override IReadOnlyDictionary<string, IReadOnlyList<string>> Assign(RoundQuestion round) => answer(round);
    }
}
