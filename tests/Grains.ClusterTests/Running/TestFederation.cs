using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Intake;
using Actors.Grains.Tasks;
using Actors.Grains.Tensors;

using Microsoft.Extensions.DependencyInjection;

namespace Actors.Grains.Running.Tests;

/// <summary>A federation of its own in the shared silo, driven as a gateway drives it.</summary>
internal sealed class TestFederation
{
    public const string Validate = "validate";
    public const string Train = "train";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(100);

    private readonly ClusterFixture _fixture;
    private readonly ResultIntake _intake;
    private readonly IExperimentObserver _observer;

    public TestFederation(ClusterFixture fixture, params string[] members)
        : this(fixture, new(new FederationId($"f{Guid.NewGuid():N}"), "one"), members)
    {
    }

    /// <summary>Those who take part in an experiment that somebody else starts.</summary>
    public TestFederation(ClusterFixture fixture, ExperimentId experiment, params string[] members)
    {
        _fixture = fixture;
        _intake = new(fixture.Cluster.Client, fixture.Store);
        _observer = fixture.Cluster.Client.CreateObjectReference<IExperimentObserver>(Watch);
        Members = [.. members.Select(name => new CollaboratorName(name))];
        Experiment = experiment;
        Plan = PlanOf(rounds: 1);
    }

    public ExperimentId Experiment { get; }

    public IReadOnlyList<CollaboratorName> Members { get; }

    public ExperimentPlan Plan { get; set; }

    public ExperimentWatch Watch { get; } = new();

    public IExperimentGrain Grain => Grains.GetExperiment(Experiment);

    public IGrainFactory Grains => _fixture.Cluster.Client;

    public static ExperimentPlan PlanOf(int rounds, PolicyChoice? stragglers = null) => new()
    {
        Rounds = rounds,
        Tasks = [new(Validate, PolicyChoice.Named("weighted_average")), new(Train, PolicyChoice.Named("weighted_average"))],
        Assigner = new("random_grouped", 0, [new("all", [Validate, Train], 1, [])]),
        Stragglers = stragglers ?? PolicyChoice.Named("wait_all"),
        Best = new(Validate, "accuracy", HigherIsBetter: true),
        StoredRounds = 1,
    };

    public async Task StartAsync()
    {
        var federation = Grains.GetFederation(Experiment.Federation);
        await federation.SetMembersAsync(Members, CancellationToken.None).WaitAsync(Soon);
        await Grain.SubscribeAsync(_observer).WaitAsync(Soon);
        await RunAsync();
        await RoundOpensAsync(0);
    }

    /// <summary>What the silo does at its start: creates the experiment or wakes it.</summary>
    public Task RunAsync() => Grains.GetFederation(Experiment.Federation)
        .RunAsync(Experiment.Name, new(Plan, "plan", "{}", "code", PutInitial()), CancellationToken.None).WaitAsync(Soon);

    public Task<WorkAnswer> GetWorkAsync(string name) =>
        Collaborator(name).GetWorkAsync(Experiment, CancellationToken.None).WaitAsync(Soon);

    public ICollaboratorGrain Collaborator(string name) => Grains.GetCollaborator(new(Experiment.Federation, new CollaboratorName(name)));

    /// <summary>Brings a collaborator's results of both tasks.</summary>
    public async Task RunTasksAsync(string name, int round, byte[] update, long samples = 1, double accuracy = 0.5)
    {
        Assert.Equal(new IntakeOutcome.Accepted(false), await ValidateAsync(name, round, accuracy, samples));
        Assert.Equal(new IntakeOutcome.Accepted(false), await TrainAsync(name, round, update, samples));
    }

    public Task<IntakeOutcome> ValidateAsync(string name, int round, double accuracy = 0.5, long samples = 1) =>
        OfferAsync(name, round, new(Validate, samples, [new("accuracy", accuracy)], []));

    public Task<IntakeOutcome> TrainAsync(string name, int round, byte[] update, long samples = 1) =>
        OfferAsync(name, round, new(Train, samples, [new("loss", 1)], [Push(name, round, update)]));

    public Task<IntakeOutcome> OfferAsync(string name, int round, TaskReport report, params ModelManifest[] layouts) => _intake
        .OfferAsync(
            new CollaboratorName(name),
            new(
                new(Experiment, round),
                report,
                layouts.Concat([TestModel.Manifest, CurvatureLayout.Of(TestModel.Manifest)]).ToDictionary(layout => layout.Hash)),
            CancellationToken.None)
        .WaitAsync(Soon);

    public TensorBundle Push(string name, int round, byte[] update) => Push(TensorScope.Updates(new(Experiment, round)), name, update);

    public TensorBundle Push(TensorScope scope, string name, byte[] update)
    {
        var digest = TensorDigester.Of(update);
        if (!_fixture.Store.Contains(scope, digest))
        {
            using var stage = _fixture.Store.OpenStage(scope, name, digest);
            stage.Append(update);
            stage.Commit();
        }

        return new(BundleKinds.Model, digest, TestModel.Manifest.Hash, update.Length);
    }

    public Task<CurrentRound> RoundOpensAsync(int round) =>
        UntilAsync(current => current.Round >= round && (current.HandsOutWork || current.Lifecycle.HasEnded()));

    public Task<CurrentRound> EndAsync() => UntilAsync(current => current.Lifecycle.HasEnded());

    /// <summary>The newest model's bytes.</summary>
    public async Task<byte[]> ModelAsync()
    {
        var state = await Grain.GetStateAsync().WaitAsync(Soon);
        var bundle = state.Current.Find(BundleKinds.Model)!;
        using var reader = _fixture.Store.TryOpen(TensorScope.Models(Experiment), bundle.Digest);
        Assert.NotNull(reader);
        var bytes = new byte[reader.Length];
        reader.Read(0, bytes);
        return bytes;
    }

    /// <summary>Ends every activation of this federation that rests: what follows sees only what was persisted.</summary>
    public async Task DeactivateAllAsync(int round)
    {
        IAddressable[] grains =
        [
            Grains.GetFederation(Experiment.Federation), Grain, Grains.GetTensorStore(Experiment),
            .. Enumerable.Range(0, round + 1).Select(number => Grains.GetRound(new(Experiment, number))),
            .. Plan.Tasks.Select(task => Grains.GetTask(new TaskId(new(Experiment, round), task.Name))),
            .. Members.Select(name => Grains.GetCollaborator(new(Experiment.Federation, name))),
        ];
        foreach (var grain in grains)
        {
            await DeactivateAsync(grain);
        }
    }

    public Task DeactivateAsync(IAddressable grain) => _fixture.Cluster.DeactivateAsync(grain).WaitAsync(Soon);

    public async Task<CurrentRound> UntilAsync(Func<CurrentRound, bool> reached)
    {
        using var bound = new CancellationTokenSource(Soon);
        while (true)
        {
            await Grain.SubscribeAsync(_observer).WaitAsync(Soon);
            var current = await Grain.GetCurrentAsync().WaitAsync(Soon);
            if (reached(current))
            {
                return current;
            }

            Assert.False(bound.IsCancellationRequested, $"The experiment stays at {current}.");
            await Watch.WaitAsync(Glance);
        }
    }

    private TensorBundle PutInitial() => PutInitial(_fixture.Store, Experiment);

    /// <summary>Puts the model that experiments begin with into a store.</summary>
    public static TensorBundle PutInitial(ITensorStore store, ExperimentId experiment)
    {
        store.PutManifest(experiment, TestModel.Manifest);
        using var stage = store.CreateStage(TensorScope.Models(experiment), "initial");
        stage.Append(TestModel.With(0));
        return new(BundleKinds.Model, stage.Commit(), TestModel.Manifest.Hash, TestModel.Manifest.ByteLength);
    }
}
