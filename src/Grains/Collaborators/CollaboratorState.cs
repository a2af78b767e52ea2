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
    public IReadOnlyList<AcceptedResult> Of(RoundId round) =>
        ByExperiment.TryGetValue(round.Experiment.Name, out var accepted) && accepted.Round == round.Number ? accepted.Results : [];

    /// <summary>The last round of an experiment that something was accepted in; -1 when there is none.</summary>
    public int LastRound(ExperimentId experiment) => ByExperiment.TryGetValue(experiment.Name, out var accepted) ? accepted.Round : -1;

    /// <summary>The state with one result more; results of an earlier round make way.</summary>
    public CollaboratorState With(RoundId round, AcceptedResult result) => Replace(round, [.. Of(round), result]);

    /// <summary>The state without the results of a round.</summary>
    public CollaboratorState Without(RoundId round) => Of(round).Count == 0 ? this : Replace(round, []);

    private CollaboratorState Replace(RoundId round, IReadOnlyList<AcceptedResult> results) => this with
    {
        ByExperiment = new Dictionary<string, AcceptedResults>(ByExperiment)
        {
            [round.Experiment.Name] = new AcceptedResults(round.Number, results),
        },
    };
}

/// <summary>The accepted results of one round.</summary>
/// <param name="Round">The round's number.</param>
/// <param name="Results">The results, in the order of their acceptance.</param>
[GenerateSerializer, Immutable, Alias("accepted-results")]
public sealed record AcceptedResults([property: Id(0)] int Round, [property: Id(2)] IReadOnlyList<AcceptedResult> Results);

/// <summary>A result that was accepted.</summary>
/// <param name="Report">The result.</param>
/// <param name="AcceptedAt">When.</param>
[GenerateSerializer, Immutable, Alias("accepted-result")]
public sealed record AcceptedResult([property: Id(0)] TaskReport Report, [property: Id(1)] DateTimeOffset AcceptedAt);
