using Actors.Contracts.Tensors;

namespace Actors.Grains.Intake;

/// <summary>What became of a result that a collaborator brought to the gateway.</summary>
public abstract record IntakeOutcome
{
    private IntakeOutcome()
    {
    }

    /// <summary>It is persisted and counts.</summary>
    /// <param name="Already">The task's result had been accepted before.</param>
    public sealed record Accepted(bool Already) : IntakeOutcome;

    /// <summary>Tensors that it names are not in the store yet.</summary>
    /// <param name="Missing">Each with the number of its first bytes that are staged.</param>
    public sealed record BytesMissing(IReadOnlyList<(TensorDigest Digest, long StagedBytes)> Missing) : IntakeOutcome;

    /// <summary>Its round is closed without it.</summary>
    /// <param name="CurrentRound">The running round.</param>
    public sealed record RoundClosed(int CurrentRound) : IntakeOutcome;

    /// <summary>It cannot be taken; the same result would be refused again.</summary>
    /// <param name="Message">The thing, the value and the remedy.</param>
    public sealed record Refused(string Message) : IntakeOutcome;
}
