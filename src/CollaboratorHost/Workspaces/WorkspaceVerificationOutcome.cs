using Actors.Contracts.Workspaces;

namespace Actors.CollaboratorHost.Workspaces;

/// <summary>What a verification came to.</summary>
/// <param name="Differences">Every file that differs; empty when all is as agreed on.</param>
/// <param name="AgreedSdk">The SDK that built what was agreed on; null when unknown.</param>
/// <param name="Sdk">The SDK that built it now; null when the files already differed. Another SDK may give other bytes.</param>
public sealed record WorkspaceVerificationOutcome(IReadOnlyList<FileDifference> Differences, string? AgreedSdk, string? Sdk)
{
    /// <summary>Whether all is as agreed on.</summary>
    public bool Agrees => Differences.Count == 0;
}
