namespace Actors.Contracts.Federations;

/// <summary>What a policy says of an experiment.</summary>
/// <param name="Decision">What is to be done.</param>
/// <param name="Reason">Why, for a person.</param>
public sealed record PolicyVerdict(PolicyDecision Decision, string Reason);

/// <summary>What a policy decides.</summary>
public enum PolicyDecision
{
    /// <summary>A person must look at it.</summary>
    Review,

    /// <summary>Take part.</summary>
    Accept,

    /// <summary>Do not.</summary>
    Refuse,
}
