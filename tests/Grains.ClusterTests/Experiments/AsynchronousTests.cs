using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Asynchronous;
using Actors.Grains.Collaborators;
using Actors.Grains.Hosting;
using Actors.Grains.Intake;
using Actors.Grains.Running.Tests;
using Actors.Grains.Tensors;

namespace Actors.Grains.Experiments.Tests;

/// <summary>Results are folded in as they come, and nobody waits.</summary>
[Collection(ClusterCollection.Name)]
public sealed class AsynchronousTests(ClusterFixture fixture)
{
    private static readonly byte[] Ann = TestModel.With(1, 4);
    private static readonly byte[] Bob = TestModel.With(3, 8);

    [Fact]
    public async Task OneCollaborator_GoesOnTurnAfterTurnWithoutTheOther()
    {
        var federation = await StartAsync(rounds: 2, buffer: 2);

        await TakeTurnAsync(federation, "ann", 0, Ann);
        Assert.Equal((WorkKind.Work, 1), Head(await federation.GetWorkAsync("ann")));
        await TakeTurnAsync(federation, "ann", 1, Bob);

        await federation.RoundOpensAsync(1);
        Assert.Equal(TestModel.Average((Ann, 1), (Bob, 1)), await federation.ModelAsync());
        await TakeTurnAsync(federation, "ann", 2, Ann);
        await TakeTurnAsync(federation, "ann", 3, Ann);
        Assert.Equal(Lifecycle.Finished, (await federation.EndAsync()).Lifecycle);
    }

    [Fact]
    public async Task StaleResult_IsFoldedInByItsChangeAndItsWeight()
    {
        // Bob starts from version 0, at zero. Ann makes version 1; then Bob's change counts with (1 + 1)^-1.
        var federation = await StartAsync(rounds: 2, buffer: 1, exponent: 1);
        Assert.Equal((WorkKind.Work, 0), Head(await federation.GetWorkAsync("bob")));
        await TakeTurnAsync(federation, "ann", 0, Ann);
        await federation.RoundOpensAsync(1);
        Assert.Equal(Ann, await federation.ModelAsync());

        await ReportAsync(federation, "bob", 0, Bob);

        await federation.EndAsync();
        Assert.Equal(TestModel.With(1 + (3 / 2f), 4 + (8 / 2)), await federation.ModelAsync());
    }

    [Fact]
    public async Task TooStaleResult_IsAnsweredWithRoundClosed_AndTheNextTurnStartsFromTheNewest()
    {
        var federation = await StartAsync(rounds: 3, buffer: 1, maximumStaleness: 0);
        await federation.GetWorkAsync("bob");
        await TakeTurnAsync(federation, "ann", 0, Ann);
        await federation.RoundOpensAsync(1);

        Assert.IsType<IntakeOutcome.RoundClosed>(await ValidateAsync(federation, "bob", 0));

        var work = await federation.GetWorkAsync("bob");
        Assert.Equal((WorkKind.Work, 1), Head(work));
        Assert.Equal(TensorDigester.Of(Ann), work.Bundles.Find(BundleKinds.Model)!.Digest);
    }

    [Fact]
    public async Task RepeatedReports_CountOnce()
    {
        var federation = await StartAsync(rounds: 1, buffer: 2);
        await TakeTurnAsync(federation, "ann", 0, Ann);
        Assert.Equal(new IntakeOutcome.Accepted(true), await TrainAsync(federation, "ann", 0, Ann));
        Assert.Equal(1, (await federation.Grains.GetVersion(new(federation.Experiment, 0)).GetStatusAsync()).Complete);

        await TakeTurnAsync(federation, "bob", 0, Bob);
        await federation.EndAsync();
        Assert.Equal(TestModel.Average((Ann, 1), (Bob, 1)), await federation.ModelAsync());

        // Nor is it said after the end that it did not.
        Assert.Equal(new IntakeOutcome.Accepted(true), await TrainAsync(federation, "bob", 0, Bob));
    }

    [Fact]
    public async Task AfterTheEnd_AResultIsNotTaken()
    {
        var federation = await StartAsync(rounds: 1, buffer: 1);
        await federation.GetWorkAsync("bob");
        await TakeTurnAsync(federation, "ann", 0, Ann);
        await federation.EndAsync();

        Assert.IsType<IntakeOutcome.RoundClosed>(await ValidateAsync(federation, "bob", 0));
    }

    [Fact]
    public async Task ContributionThatBecameTooOldWhileItWaited_IsAnsweredWithRoundClosed_AlsoWhenRepeated()
    {
        var federation = await StartAsync(rounds: 3, buffer: 1, maximumStaleness: 0);
        await federation.GetWorkAsync("bob");
        var bob = new ContributorId(federation.Experiment, new("bob"));
        await federation.DeactivateAsync(federation.Grains.GetContributor(bob));
        var state = fixture.Storage.Stored<ContributorState>("contributor", bob.ToString());
        fixture.Storage.Craft("contributor", bob.ToString(), state.Tasks.Aggregate(
            state, (before, task) => Turns.Accept(before, new(task, 1, [new("loss", 1)], []))));
        await TakeTurnAsync(federation, "ann", 0, Ann);
        await federation.RoundOpensAsync(1);

        Assert.IsType<IntakeOutcome.RoundClosed>(await ValidateAsync(federation, "bob", 0));
        Assert.IsType<IntakeOutcome.RoundClosed>(await ValidateAsync(federation, "bob", 0));
        Assert.Equal((WorkKind.Work, 1), Head(await federation.GetWorkAsync("bob")));
    }

    [Fact]
    public async Task VersionWhoseEndFailed_DoesNotOpenAgain_WhenItsContributionsAreToldThatTheyAreFoldedIn()
    {
        var federation = await StartAsync(rounds: 2, buffer: 2);
        await TakeTurnAsync(federation, "bob", 0, Bob);

        // The version's own end fails once; the next one cannot open before bob's grain can write again.
        fixture.Storage.Refuse("version", new RoundId(federation.Experiment, 0).ToString(), writes: 2, lost: true);
        fixture.Storage.Refuse("contributor", new ContributorId(federation.Experiment, new("bob")).ToString(), writes: 3);
        await TakeTurnAsync(federation, "ann", 0, Ann);
        var ann = federation.Grains.GetContributor(new(federation.Experiment, new("ann")));
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await ann.GetPendingAsync()).Count > 0)
        {
            await Task.Delay(20, bound.Token);
        }

        await TakeTurnAsync(federation, "ann", 1, Ann);
        await TakeTurnAsync(federation, "bob", 1, Bob);
        Assert.Equal(Lifecycle.Finished, (await federation.EndAsync()).Lifecycle);
    }

    [Fact]
    public async Task EveryGrainEndedBetweenAnyTwoReports_ChangesNothing()
    {
        var federation = await StartAsync(rounds: 2, buffer: 2);
        for (var version = 0; version < 2; version++)
        {
            await federation.RoundOpensAsync(version);
            foreach (var (name, update) in new[] { ("ann", Ann), ("bob", Bob) })
            {
                await federation.GetWorkAsync(name);
                await EndAllAsync(federation, version);
                await ValidateAsync(federation, name, version);
                await EndAllAsync(federation, version);
                Assert.IsType<IntakeOutcome.Accepted>(await TrainAsync(federation, name, version, update));
                await EndAllAsync(federation, version);
            }
        }

        await federation.EndAsync();
        Assert.Equal(TestModel.Average((Ann, 1), (Bob, 1)), await federation.ModelAsync());
    }

    [Fact]
    public async Task FoldedContributions_LeaveNothingBehind()
    {
        var federation = await StartAsync(rounds: 3, buffer: 1);
        await TakeTurnAsync(federation, "ann", 0, Ann);
        await federation.RoundOpensAsync(1);
        await TakeTurnAsync(federation, "ann", 1, Bob);
        await federation.RoundOpensAsync(2);
        await federation.GetWorkAsync("ann");

        var ann = new ContributorId(federation.Experiment, new("ann"));
        Assert.Empty(await federation.Grains.GetContributor(ann).GetPendingAsync());
        Assert.Empty(fixture.Store.List(TensorScope.Turn(ann, 0)));
        Assert.Empty(fixture.Store.List(TensorScope.Turn(ann, 1)));
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (fixture.Storage.Has("version", new RoundId(federation.Experiment, 0).ToString()))
        {
            await Task.Delay(20, bound.Token);
        }
    }

    [Fact]
    public async Task LostUpdate_IsNotFoldedIn_AndAnotherTakesItsPlace()
    {
        var federation = await StartAsync(rounds: 1, buffer: 2);
        await TakeTurnAsync(federation, "ann", 0, Ann);
        fixture.Store.DeleteScope(TensorScope.Turn(new(federation.Experiment, new("ann")), 0));

        await TakeTurnAsync(federation, "bob", 0, Bob);
        await TakeTurnAsync(federation, "bob", 1, Bob);

        await federation.EndAsync();
        Assert.Equal(Bob, await federation.ModelAsync());
    }

    private static (WorkKind Kind, int Turn) Head(WorkAnswer answer) => (answer.Kind, answer.Round);

    private static async Task TakeTurnAsync(TestFederation federation, string name, int turn, byte[] update)
    {
        Assert.Equal((WorkKind.Work, turn), Head(await federation.GetWorkAsync(name)));
        await ReportAsync(federation, name, turn, update);
    }

    private static async Task ReportAsync(TestFederation federation, string name, int turn, byte[] update)
    {
        Assert.Equal(new IntakeOutcome.Accepted(false), await ValidateAsync(federation, name, turn));
        Assert.Equal(new IntakeOutcome.Accepted(false), await TrainAsync(federation, name, turn, update));
    }

    private static Task<IntakeOutcome> ValidateAsync(TestFederation federation, string name, int turn) => federation.ValidateAsync(name, turn);

    private static Task<IntakeOutcome> TrainAsync(TestFederation federation, string name, int turn, byte[] update) =>
        federation.OfferAsync(
            name,
            turn,
            new(TestFederation.Train, 1, [new("loss", 1)], [federation.Push(TensorScope.Turn(new(federation.Experiment, new(name)), turn), name, update)]));

    private static async Task EndAllAsync(TestFederation federation, int version)
    {
        await federation.DeactivateAllAsync(version);
        IAddressable[] grains =
        [
            federation.Grains.GetVersion(new(federation.Experiment, version)),
            .. federation.Members.Select(name => federation.Grains.GetContributor(new(federation.Experiment, name))),
        ];
        foreach (var grain in grains)
        {
            await federation.DeactivateAsync(grain);
        }
    }

    private async Task<TestFederation> StartAsync(int rounds, int buffer, int maximumStaleness = 10, double exponent = 0.5)
    {
        var policy = new PolicyChoice("async", new Dictionary<string, double>
        {
            ["buffer_size"] = buffer,
            ["maximum_staleness"] = maximumStaleness,
            ["staleness_exponent"] = exponent,
        });
        var federation = new TestFederation(fixture, "ann", "bob") { Plan = TestFederation.PlanOf(rounds, policy) };
        await federation.StartAsync();
        return federation;
    }
}
