using Actors.Contracts.Faults;

namespace Actors.Cli.Rehearsals;

/// <summary>The kinds of kills, by the names they have in a report.</summary>
internal static class KillKinds
{
    /// <summary>The aggregator, from outside, at a moment that nobody chose.</summary>
    public const string BlindSilo = "blindSilo";

    /// <summary>A collaborator, from outside, at a moment that nobody chose.</summary>
    public const string BlindCollaborator = "blindCollaborator";

    /// <summary>All of them: every fault point, then the blind ones.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Enum.GetNames<FaultPoint>(), BlindSilo, BlindCollaborator];

    /// <summary>Whether a point is in the collaborator's code; the others are in the aggregator's.</summary>
    public static bool IsCollaborators(FaultPoint point) =>
        point is FaultPoint.TaskDone or FaultPoint.ResultKept or FaultPoint.ChunkSent or FaultPoint.ResultAcknowledged;

    /// <summary>How often a point is reached in a round at least, as far as a plan of any size goes: a later time might never come.</summary>
    public static int MostTimes(FaultPoint point) => point switch
    {
        FaultPoint.RoundClosing or FaultPoint.ModelAggregated or FaultPoint.RoundCommitted => 1,
        FaultPoint.BlockAggregated => 6,
        FaultPoint.ChunkStored or FaultPoint.ResultAccepted => 8,
        FaultPoint.UploadStored => 4,
        _ => 3,
    };
}
