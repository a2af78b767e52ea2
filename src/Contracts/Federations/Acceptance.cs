namespace Actors.Contracts.Federations;

/// <summary>Which experiments a host takes part in.</summary>
public enum Acceptance
{
    /// <summary>Those that a person has looked at and approved.</summary>
    Review,

    /// <summary>Those of authors that are listed.</summary>
    SignedBy,

    /// <summary>All.</summary>
    Automatic,
}
