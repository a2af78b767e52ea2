using System.Globalization;

using Actors.Contracts.Identity;
using Actors.Grains.Experiments;
using Actors.Simulation.Collaborators;
using Actors.Simulation.Invariants;
using Actors.Simulation.Machines;

namespace Actors.Simulation.Scenarios;

/// <summary>Who federates by which plan. A seed has one of its own; a smaller one may be tried with the same seed.</summary>
internal sealed record Scenario
{
    public required ulong Seed { get; init; }

    public required int Collaborators { get; init; }

    public required int Rounds { get; init; }

    public required string Policy { get; init; }

    public required string Assigner { get; init; }

    public required int Minimum { get; init; }

    public required double Percent { get; init; }

    public required int CutoffSeconds { get; init; }

    public required int Retries { get; init; }

    public required double Fraction { get; init; }

    public required double OverSelection { get; init; }

    /// <summary>How many contributions an asynchronous version closes with.</summary>
    public int BufferSize { get; init; } = 1;

    /// <summary>How many versions ago a contribution may have started.</summary>
    public int MaximumStaleness { get; init; }

    /// <summary>Whether a part of the members only validates.</summary>
    public required bool HasValidators { get; init; }

    public required int StoredRounds { get; init; }

    /// <summary>Whether a task that is run again comes to the same result.</summary>
    public required bool RepeatableTraining { get; init; }

    public required TimeSpan LongestTask { get; init; }

    /// <summary>When things stop going wrong.</summary>
    public required TimeSpan FaultsEnd { get; init; }

    /// <summary>The members, in ordinal order.</summary>
    public IReadOnlyList<CollaboratorName> Members =>
        [.. Enumerable.Range(0, Collaborators).Select(index => new CollaboratorName(string.Create(CultureInfo.InvariantCulture, $"c{index}")))];

    /// <summary>How many results a round wants.</summary>
    public int Wanted => Assigner == "fraction"
        ? Math.Clamp((int)Math.Round(Fraction * Collaborators, MidpointRounding.AwayFromZero), 1, Collaborators)
        : Collaborators;

    /// <summary>With how many complete ones a round may close: said here once more, to compare.</summary>
    public int Needed => Policy switch
    {
        "wait_all" => Wanted,
        "percentage" => Math.Max((int)Math.Ceiling((Percent * Wanted) - 1e-9), LeastReporting),
        _ => LeastReporting,
    };

    /// <summary>Whether the final model follows from the plan alone.</summary>
    public bool IsDetermined => Policy == "wait_all" && RepeatableTraining && (Assigner != "fraction" || OverSelection <= 1);

    private int LeastReporting => Math.Clamp(Minimum, 1, Wanted);

    /// <summary>The scenario of a seed.</summary>
    public static Scenario Of(ulong seed)
    {
        var dice = Dice.For(seed, "scenario");
        string[] policies = ["wait_all", "percentage", "cutoff_time", "adaptive"];
        var collaborators = 1 + dice.Below(8);
        return new()
        {
            Seed = seed,
            Collaborators = collaborators,
            Rounds = 1 + dice.Below(6),
            Policy = policies[dice.Below(policies.Length)],
            Assigner = dice.Below(2) == 0 ? "random_grouped" : "fraction",
            Minimum = 1 + dice.Below(collaborators),
            Percent = (1 + dice.Below(10)) / 10.0,
            CutoffSeconds = 1 + dice.Below(dice.Below(2) == 0 ? 10 : 180),
            Retries = dice.Below(4),
            Fraction = (1 + dice.Below(10)) / 10.0,
            OverSelection = dice.Below(2) == 0 ? 1 : 1 + dice.Unit(),
            HasValidators = dice.Below(3) == 0,
            StoredRounds = 1 + dice.Below(3),
            RepeatableTraining = dice.Below(3) > 0,
            LongestTask = TimeSpan.FromSeconds(dice.Below(3) switch { 0 => 1, 1 => 10, _ => 90 }),
            FaultsEnd = TimeSpan.FromMinutes(1 + dice.Below(30)),
        };
    }

    /// <summary>The scenario of a seed with asynchronous rounds.</summary>
    public static Scenario AsyncOf(ulong seed)
    {
        var dice = Dice.For(seed, "asynchronous");
        var scenario = Of(seed);
        return scenario with
        {
            Policy = "async",
            BufferSize = 1 + dice.Below(2 * scenario.Collaborators),
            MaximumStaleness = dice.Below(4) == 0 ? 10 : dice.Below(3),
        };
    }

    public ExperimentDefinition ToDefinition() =>
        new(ToPlan(), "plan", "plan", "workspace", Digests.Bundle(Digests.Initial));

    private ExperimentPlan ToPlan() => new()
    {
        Rounds = Rounds,
        Tasks = [.. PlanTasks.All.Tasks.Select(task => new TaskChoice(task, PolicyChoice.Named("weighted_average")))],
        Assigner = new(Assigner, unchecked((long)Seed), Groups(), new Dictionary<string, double>
        {
            ["fraction"] = Fraction,
            ["over_selection"] = OverSelection,
        }),
        Stragglers = new(Policy, new Dictionary<string, double>
        {
            ["minimum_reporting"] = LeastReporting,
            ["percent_collaborators_needed"] = Percent,
            ["straggler_cutoff_time"] = CutoffSeconds,
            ["ceiling_seconds"] = CutoffSeconds * 2,
            ["floor_seconds"] = CutoffSeconds / 2.0,
            ["retries"] = Retries,
            ["buffer_size"] = BufferSize,
            ["maximum_staleness"] = MaximumStaleness,
        }),
        Best = new(PlanTasks.ValidateGlobal, "accuracy", HigherIsBetter: true),
        StoredRounds = StoredRounds,
    };

    private TaskGroup[] Groups() => HasValidators && Assigner != "fraction" && Collaborators > 1
        ? [new("trainers", PlanTasks.All.Tasks, 0.7, []), new("validators", [PlanTasks.ValidateGlobal], 0.3, [])]
        : [new("trainers", PlanTasks.All.Tasks, 1, [])];
}
