using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Rounds;
using Actors.Simulation.Faults;
using Actors.Simulation.Machines;
using Actors.Simulation.Silo;
using Actors.Simulation.Storage;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Gateway;

/// <summary>Mirrors <c>GatewayService</c> and <c>TensorTransfer</c>: each call is a turn of its own beside the grains.</summary>
internal static class GatewayDoor
{
    public static IEnumerator<Wait> JoinAsync(SiloProcess silo, Caller caller)
    {
        yield return silo.Collaborators.Ask<Nothing>(caller.Name, (door, _) => door.RenewAsync(), "renew", interleaves: true);
    }

    public static IEnumerator<Wait> GetTasksAsync(SiloProcess silo, Caller caller, Reply<WorkAnswer> reply)
    {
        var started = silo.World.Schedule.GetUtcNow();
        while (true)
        {
            var change = silo.Waiting.NextChange;
            var asked = silo.Collaborators.Ask<WorkAnswer>(caller.Name, (door, answer) => door.GetWorkAsync(answer), "work");
            yield return asked;
            var left = Times.Hold - (silo.World.Schedule.GetUtcNow() - started);
            if (asked.Value.Kind != WorkKind.Wait || left <= TimeSpan.Zero)
            {
                reply.Value = asked.Value;
                yield break;
            }

            var either = silo.Delay(left);
            change.Then(either.Complete);
            yield return either;
        }
    }

    public static IEnumerator<Wait> PullTensorsAsync(SiloProcess silo, TensorDigest digest)
    {
        if (!silo.World.Tensors.HasModel(digest))
        {
            throw new FailureException(Failure.NotFound);
        }

        yield return silo.Delay(silo.Dice.Milliseconds(1, 2000)); // A reader that is open goes on, whatever is deleted.
    }

    public static IEnumerator<Wait> HeartbeatAsync(SiloProcess silo, Caller caller, Reply<int> reply)
    {
        yield return silo.Collaborators.Ask<Nothing>(caller.Name, (door, _) => door.RenewAsync(), "renew", interleaves: true);
        var current = silo.Experiment.Ask<CurrentRound>(0, (door, answer) => door.GetCurrentAsync(answer), "current", interleaves: true);
        yield return current;
        if (!current.Value.IsAsynchronous)
        {
            reply.Value = current.Value.Round;
            yield break;
        }

        var turn = silo.Contributors.Ask<int>(caller.Name, (door, answer) => door.GetTurnAsync(answer), "turn", interleaves: true);
        yield return turn;
        reply.Value = turn.Value;
    }

    /// <param name="silo">The process that answers.</param>
    /// <param name="caller">Who pushes.</param>
    /// <param name="push">What is pushed.</param>
    /// <param name="cut">Is called when the connection breaks after a chunk; this side notices later.</param>
    /// <param name="reply">Whether all bytes are there.</param>
    public static IEnumerator<Wait> PushTensorsAsync(SiloProcess silo, Caller caller, Push push, Action cut, Reply<bool> reply)
    {
        yield return Part.Of(CheckAsync(silo, caller, push));
        var files = silo.World.Tensors;
        var scope = silo.World.UpdatesOf(caller.Index, push.Round);
        if (files.HasUpdate(scope, push.Digest))
        {
            reply.Value = true;
            yield break;
        }

        if (!files.TryOpenStage(scope, caller.Index, push.Digest))
        {
            throw new FailureException(Failure.Unavailable);
        }

        try
        {
            for (var offset = push.Offset; offset < TensorFiles.UpdateBytes; offset += TensorFiles.ChunkBytes)
            {
                if (offset != files.StagedBytes(scope, caller.Index, push.Digest))
                {
                    throw new FailureException(Failure.InvalidArgument);
                }

                if (!files.TryAppend(scope, caller.Index, push.Digest, TensorFiles.ChunkBytes))
                {
                    throw new FailureException(Failure.Unavailable);
                }

                if (silo.World.Faults.Strikes(FaultKind.CutUpload))
                {
                    cut();
                    yield return silo.Delay(silo.Dice.Milliseconds(1, 3000));
                    throw new FailureException(Failure.Unavailable);
                }

                yield return silo.Delay(silo.Dice.Milliseconds(1, 500));
            }

            files.Commit(scope, caller.Index, push.Digest);
            reply.Value = true;
        }
        finally
        {
            files.CloseStage(scope, caller.Index, push.Digest);
        }
    }

    private static IEnumerator<Wait> CheckAsync(SiloProcess silo, Caller caller, Push push)
    {
        var current = silo.Experiment.Ask<CurrentRound>(0, (door, answer) => door.GetCurrentAsync(answer), "current", interleaves: true);
        yield return current;
        var isAsynchronous = current.Value.IsAsynchronous;
        var standing = isAsynchronous
            ? silo.Contributors.Ask<TaskStanding>(
                caller.Name, (door, answer) => door.StandingAsync(push.Round, push.Task, answer), "turn-standing")
            : silo.Rounds.Ask<TaskStanding>(
                push.Round, (door, answer) => door.StandingAsync(caller.Name, push.Task, answer), "standing");
        yield return standing;
        if ((!isAsynchronous && push.Round != current.Value.Round) || standing.Value != TaskStanding.Open)
        {
            throw new FailureException(Failure.Aborted);
        }
    }
}
