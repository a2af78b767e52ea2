using Actors.Contracts.Identity;

namespace Actors.Grains.Queue;

/// <summary>What a collaborator's host says to an experiment.</summary>
/// <param name="Collaborator">Whose host.</param>
/// <param name="Kind">What it says.</param>
/// <param name="Reason">Why, for a person; may be empty.</param>
[GenerateSerializer, Immutable, Alias("host-answer")]
public sealed record HostAnswer(
    [property: Id(0)] CollaboratorName Collaborator, [property: Id(1)] AnswerKind Kind, [property: Id(2)] string Reason);

/// <summary>What a host says. The numbers are persisted and are those of the wire: add, never change.</summary>
public enum AnswerKind
{
    /// <summary>Nothing yet.</summary>
    None = 0,

    /// <summary>A person has to look at it first.</summary>
    Reviewing = 1,

    /// <summary>It takes part; after the start also that it tries again.</summary>
    Accepted = 2,

    /// <summary>It does not.</summary>
    Refused = 3,

    /// <summary>It took part and gave up.</summary>
    Failed = 4,
}
