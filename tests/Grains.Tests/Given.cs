using System.Globalization;

using Actors.Contracts.Identity;
using Actors.Contracts.Metrics;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Rounds;
using Actors.Grains.Tasks;
using Actors.Grains.Tensors;

namespace Actors.Grains.Tests;

/// <summary>Small things to start from; what a test is about it says itself.</summary>
internal static class Given
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly ExperimentId Experiment = new(new FederationId("clinics"), "tumours");

    public static RoundId Round(int number) => new(Experiment, number);

    public static CollaboratorName Name(string value) => new(value);

    /// <summary><c>c000</c>, <c>c001</c>, …: in ordinal order.</summary>
    public static IReadOnlyList<CollaboratorName> Names(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new CollaboratorName(string.Create(CultureInfo.InvariantCulture, $"c{i:000}")))];

    public static TensorBundle Bundle(string kind, ulong digest, ulong manifest = 1, long bytes = 8) =>
        new(kind, new TensorDigest(digest), new TensorDigest(manifest), bytes);

    public static TensorBundle Model(ulong digest) => Bundle(BundleKinds.Model, digest);

    public static TaskReport Report(string task, long samples = 1, params IReadOnlyList<Metric> metrics) => new(task, samples, metrics, []);

    public static TaskOutcome Outcome(string task, params IReadOnlyList<TensorBundle> bundles) => new(task, 1, 1, [], bundles);

    public static TaskOutcome Measured(string task, string metric, double value) => new(task, 1, 1, [new(metric, value)], []);

    public static PolicyChoice Choice(string name, params (string Key, double Value)[] numbers) =>
        new(name, numbers.ToDictionary(number => number.Key, number => number.Value));

    public static TaskGroup Group(double percentage, params IReadOnlyList<string> tasks) => new("g", tasks, percentage, []);

    /// <summary>Validate, train; one group; waits for all; accuracy of the global model decides.</summary>
    public static ExperimentPlan Plan(int rounds = 3) => new()
    {
        Rounds = rounds,
        Tasks = [new("validate", PolicyChoice.Named("weighted_average")), new("train", PolicyChoice.Named("weighted_average"))],
        Assigner = new("random_grouped", 42, [Group(1, "validate", "train")]),
        Stragglers = PolicyChoice.Named("wait_all"),
        Best = new("validate", "accuracy", HigherIsBetter: true),
        StoredRounds = 2,
    };

    public static AcceptedResult Accepted(string task, int seconds = 0) => new(Report(task), Start.AddSeconds(seconds));

    public static RoundResult Result(int number, params IReadOnlyList<TaskOutcome> outcomes) =>
        new(number, outcomes, Names(1), 1, Start, Start);
}
