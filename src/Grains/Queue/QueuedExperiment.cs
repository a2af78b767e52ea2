using Actors.Contracts.Identity;
using Actors.Grains.Experiments;

namespace Actors.Grains.Queue;

/// <summary>
/// An experiment in a federation's queue. Those who take part in it are a federation of their own, named after the experiment's
/// number: grains, leases and tensors of two experiments never meet, and a name can be used again after a removal.
/// </summary>
[GenerateSerializer, Immutable, Alias("queued-experiment")]
public sealed record QueuedExperiment
{
    /// <summary>Its number in the federation, from 1; never used again.</summary>
    [Id(0)]
    public required int Number { get; init; }

    /// <summary>What was submitted; who is asked is named.</summary>
    [Id(1)]
    public required Submission Submission { get; init; }

    /// <summary>When.</summary>
    [Id(2)]
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>Where it is.</summary>
    [Id(3)]
    public QueuePhase Phase { get; init; }

    /// <summary>What hosts have said, the last of each.</summary>
    [Id(4)]
    public IReadOnlyList<HostAnswer> Answers { get; init; } = [];

    /// <summary>Who takes part; empty before the start.</summary>
    [Id(5)]
    public IReadOnlyList<CollaboratorName> Participants { get; init; } = [];

    /// <summary>How it ended; meaningless before.</summary>
    [Id(6)]
    public Lifecycle Ending { get; init; }

    /// <summary>Why it ended; empty before.</summary>
    [Id(7)]
    public string Reason { get; init; } = "";

    /// <summary>Why an operator has it pause; null when nobody does.</summary>
    [Id(8)]
    public string? PauseReason { get; init; }

    /// <summary>Its name.</summary>
    public string Name => Submission.Name;

    /// <summary>Its id in a federation.</summary>
    public ExperimentId IdIn(FederationId federation) => new(new FederationId($"{federation}.{Number}"), Name);

    /// <summary>What a host has said.</summary>
    public AnswerKind AnswerOf(CollaboratorName collaborator) =>
        Answers.FirstOrDefault(answer => answer.Collaborator == collaborator)?.Kind ?? AnswerKind.None;

    /// <summary>Whether it is there for a host: it is asked, or takes part.</summary>
    public bool IsFor(CollaboratorName collaborator) => Phase switch
    {
        QueuePhase.Waiting => Submission.Asked.Contains(collaborator),
        QueuePhase.Started => Participants.Contains(collaborator),
        _ => false,
    };

    /// <summary>The experiment with a host's answer in place of its last.</summary>
    public QueuedExperiment With(HostAnswer answer) =>
        this with { Answers = [.. Answers.Where(other => other.Collaborator != answer.Collaborator), answer] };

    /// <summary>The experiment after its end.</summary>
    public QueuedExperiment End(Lifecycle ending, string reason) => this with { Phase = QueuePhase.Ended, Ending = ending, Reason = reason, PauseReason = null };
}
