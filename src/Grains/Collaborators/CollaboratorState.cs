using Actors.Contracts.Identity;

namespace Actors.Grains.Collaborators;

/// <summary>
/// A collaborator's accepted results: for each experiment those of the last round it reported in. Its size does not grow with
/// rounds or with the federation.
/// </summary>
[GenerateSerializer, Immutable, Alias("collaborator-state")]
public sealed record CollaboratorState
{
    /// <summary>The accepted results by experiment.</summary>
    [Id(0)]
    public IReadOnlyDictionary<string, AcceptedResults> ByExperiment { get; init; } = new Dictionary<string, AcceptedResults>();

    /// <summary>What is accepted of a round; empty for a round other than the last.</summary>
    public IReadOnlyList<TaskReport> Of(RoundId round) =>
        ByExperiment.TryGetValue(round.Experiment.Name, out var accepted) && accepted.Round == round.Number ? accepted.Reports : [];

    /// <summary>The last round of an experiment that something was accepted in; -1 when there is none.</summary>
    public int LastRound(ExperimentId experiment) => ByExperiment.TryGetValue(experiment.Name, out var accepted) ? accepted.Round : -1;

    /// <summary>The state with one result more; results of an earlier round make way.</summary>
    public CollaboratorState With(RoundId round, TaskReport report) => this with
    {
        ByExperiment = new Dictionary<string, AcceptedResults>(ByExperiment)
        {
            [round.Experiment.Name] = new AcceptedResults(round.Number, [.. Of(round), report]),
        },
    };
}

/// <summary>The accepted results of one round.</summary>
/// <param name="Round">The round's number.</param>
/// <param name="Reports">The results, in the order of their acceptance.</param>
[GenerateSerializer, Immutable, Alias("accepted-results")]
public sealed record AcceptedResults([property: Id(0)] int Round, [property: Id(1)] IReadOnlyList<TaskReport> Reports);
