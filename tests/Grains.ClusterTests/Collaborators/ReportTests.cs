using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Intake;
using Actors.Grains.Rounds;
using Actors.Grains.Running.Tests;
using Actors.Grains.Tensors;

namespace Actors.Grains.Collaborators.Tests;

[Collection(ClusterCollection.Name)]
public sealed class ReportTests(ClusterFixture fixture)
{
    private static readonly byte[] Update = TestModel.With(0.3f, 4);

    [Fact]
    public async Task Repeated_IsAcceptedAlreadyAndTheFirstStands()
    {
        var federation = await StartAsync("ann");
        await federation.TrainAsync("ann", 0, Update);

        Assert.Equal(new IntakeOutcome.Accepted(true), await federation.TrainAsync("ann", 0, Update));
        Assert.Equal(new IntakeOutcome.Accepted(true), await federation.TrainAsync("ann", 0, TestModel.With(9)));

        await federation.ValidateAsync("ann", 0);
        await federation.EndAsync();
        Assert.Equal(Update, await federation.ModelAsync());
    }

    [Fact]
    public async Task OfAClosedRound_IsAnsweredWithTheRunningOne()
    {
        var federation = await StartAsync("ann", rounds: 3);
        await federation.RunTasksAsync("ann", 0, Update);
        await federation.RoundOpensAsync(1);

        // A repeat of what was taken hears so until there is something newer.
        Assert.Equal(new IntakeOutcome.Accepted(true), await federation.TrainAsync("ann", 0, Update));
        Assert.Equal(new IntakeOutcome.RoundClosed(1), await federation.OfferAsync("ann", 0, new("other", 1, [], [])));

        await federation.RunTasksAsync("ann", 1, Update);
        await federation.RoundOpensAsync(2);
        Assert.Equal(new IntakeOutcome.RoundClosed(2), await federation.TrainAsync("ann", 0, Update));
    }

    [Fact]
    public async Task OfAStrangerOrAnUnknownTask_IsRefused()
    {
        var federation = await StartAsync("ann");

        Assert.Equal(
            new IntakeOutcome.Refused("Task 'validate' of round 0 was not given to mallory. Ask for tasks and run those."),
            await federation.ValidateAsync("mallory", 0));
        Assert.Equal(
            new IntakeOutcome.Refused("Task 'guess' of round 0 was not given to ann. Ask for tasks and run those."),
            await federation.OfferAsync("ann", 0, new("guess", 1, [], [])));
    }

    [Fact]
    public async Task WithoutItsBytes_NamesThemAndWhatIsStaged()
    {
        var federation = await StartAsync("ann");
        var digest = TensorDigester.Of(Update);
        using (var stage = fixture.Store.OpenStage(TensorScope.Updates(new(federation.Experiment, 0)), "ann", digest))
        {
            stage.Append(Update.AsSpan(0, 5));
        }

        var outcome = await federation.OfferAsync(
            "ann", 0, new("train", 1, [], [new(BundleKinds.Model, digest, TestModel.Manifest.Hash, Update.Length)]));

        Assert.Equal([(digest, 5L)], Assert.IsType<IntakeOutcome.BytesMissing>(outcome).Missing);
    }

    [Fact]
    public async Task WithFewerBytesThanItsLayout_IsRefusedBeforeItCounts()
    {
        var federation = await StartAsync("ann");
        var bundle = federation.Push("ann", 0, Update[..8]) with { ByteLength = TestModel.Manifest.ByteLength };

        var outcome = await federation.OfferAsync("ann", 0, new("train", 1, [], [bundle]));

        Assert.Equal(
            new IntakeOutcome.Refused("The model tensors in the store have 8 bytes, but their manifest describes 40. Send all tensors of the manifest."),
            outcome);
    }

    [Fact]
    public async Task WithANumberThatIsNotFinite_IsRefusedByName()
    {
        var federation = await StartAsync("ann");

        var outcome = await federation.TrainAsync("ann", 0, TestModel.With(float.NaN));

        Assert.StartsWith("The model tensor layer.weight[0] = NaN is not finite.", Assert.IsType<IntakeOutcome.Refused>(outcome).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WriteRefused_NothingIsAcceptedAndMemoryDoesNotRunAhead(bool readsToo)
    {
        var federation = await StartAsync("ann");
        var key = new CollaboratorId(federation.Experiment.Federation, new("ann")).ToString();
        fixture.Storage.Refuse("collaborator", key, readsToo: readsToo);

        await Assert.ThrowsAsync<OrleansException>(() => federation.ValidateAsync("ann", 0));

        Assert.Empty(await federation.Collaborator("ann").GetAcceptedAsync(new(federation.Experiment, 0)));
        Assert.Equal(["validate", "train"], (await federation.GetWorkAsync("ann")).Tasks);
        await federation.RunTasksAsync("ann", 0, Update);
        await federation.EndAsync();
    }

    [Fact]
    public async Task AnswerOfTheWriteLost_RepeatingIsAcceptedOnce()
    {
        var federation = await StartAsync("ann");
        var key = new CollaboratorId(federation.Experiment.Federation, new("ann")).ToString();
        fixture.Storage.Refuse("collaborator", key, lost: true);
        await Assert.ThrowsAsync<OrleansException>(() => federation.ValidateAsync("ann", 0));

        Assert.IsType<IntakeOutcome.Accepted>(await federation.ValidateAsync("ann", 0));

        await federation.TrainAsync("ann", 0, Update);
        await federation.EndAsync();
        Assert.Equal(2, fixture.Storage.Stored<CollaboratorState>("collaborator", key).Of(new(federation.Experiment, 0)).Count);
    }

    [Fact]
    public async Task Presence_RunsOutAfterTheLeaseAndComesBackWithACall()
    {
        var federation = await StartAsync("ann");
        var ann = federation.Collaborator("ann");
        await ann.RenewAsync();
        Assert.True((await ann.GetPresenceAsync()).IsPresent);

        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while ((await ann.GetPresenceAsync()).IsPresent)
        {
            await Task.Delay(50, bound.Token);
        }

        await ann.RenewAsync();
        Assert.True((await ann.GetPresenceAsync()).IsPresent);
    }

    private async Task<TestFederation> StartAsync(string member, int rounds = 1)
    {
        var federation = new TestFederation(fixture, member) { Plan = TestFederation.PlanOf(rounds) };
        await federation.StartAsync();
        return federation;
    }
}
