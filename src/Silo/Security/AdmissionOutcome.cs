using Actors.Contracts.Identity;

namespace Actors.Silo.Security;

/// <summary>Whether a caller is let in.</summary>
internal abstract record AdmissionOutcome
{
    private AdmissionOutcome()
    {
    }

    /// <summary>It is.</summary>
    /// <param name="Name">Who it is.</param>
    public sealed record Admitted(CollaboratorName Name) : AdmissionOutcome;

    /// <summary>It is not.</summary>
    /// <param name="Reason">Why, with the remedy.</param>
    public sealed record Refused(string Reason) : AdmissionOutcome;
}
