namespace Actors.Contracts.Workspaces;

/// <summary>How a file differs from what was agreed on.</summary>
public enum FileDifferenceKind
{
    /// <summary>It was agreed on and is not there.</summary>
    Missing,

    /// <summary>It is there and was not agreed on.</summary>
    Extra,

    /// <summary>Its bytes are others.</summary>
    Changed,
}
