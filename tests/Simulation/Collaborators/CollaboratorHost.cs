using Actors.CollaboratorHost.Gateway;
using Actors.CollaboratorHost.Work;
using Actors.Contracts.Identity;
using Actors.Contracts.Metrics;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Intake;
using Actors.Grains.Tensors;
using Actors.Simulation.Faults;
using Actors.Simulation.Gateway;
using Actors.Simulation.Machines;
using Actors.Simulation.Scenarios;
using Actors.Simulation.Silo;
using Actors.Simulation.Turns;

using WorkOutcome = Actors.CollaboratorHost.Work.WorkOutcome;
using WorkReport = Actors.CollaboratorHost.Work.ReportOutcome;

namespace Actors.Simulation.Collaborators;

/// <summary>
/// One run of a collaborator's process: mirrors <c>TaskLoop</c>, <c>Pulse</c>, <c>RoundWorker</c>, <c>TaskExecutor</c> and
/// <c>ResultReporter</c>. What it keeps is on its machine's disk.
/// </summary>
internal sealed class CollaboratorHost(World world, CollaboratorMachine machine, Dice dice, Action killed)
    : Process(machine.Name.Value, dice, FaultKind.CrashCollaborator)
{
    // Pushes in a row that the gateway would not take where it had asked for them.
    private const int MostMisplaced = 10;

    private readonly HashSet<string> _givenUp = new(StringComparer.Ordinal);
    private readonly Caller _caller = new(machine.Name, machine.Index);
    private (int Round, TensorDigest StartedFrom)? _current;
    private DateTimeOffset _asked;

    public void Start() => new Turn(this, RunAsync()).Run();

    public void Tell(string what)
    {
        if (world.Trace is not null)
        {
            world.Tell(Name, what);
        }
    }

    protected override void Killed() => killed();

    private IEnumerator<Wait> RunAsync()
    {
        yield return Part.Of(CallAsync(new Reply<Nothing>(), NewBackoff(), "Join", (silo, _, _) => GatewayDoor.JoinAsync(silo, _caller)));
        var idle = NewBackoff();
        while (true)
        {
            var reply = new Reply<WorkAnswer>();
            yield return Part.Of(CallAsync(reply, NewBackoff(), "GetTasks", (silo, answer, _) => GatewayDoor.GetTasksAsync(silo, _caller, answer)));
            world.Ledger.Answered(machine.Index, reply.Value);
            if (reply.Value.Kind is WorkKind.Finished or WorkKind.Stopped)
            {
                Tell("leaves");
                machine.Leave();
                yield break;
            }

            if (reply.Value.Kind is WorkKind.Work)
            {
                Tell($"has work in round {reply.Value.Round}: {string.Join(", ", reply.Value.Tasks)}");
                var outcome = new Reply<WorkOutcome>();
                yield return Part.Of(WorkAsync(reply.Value, outcome));
                if (outcome.Value is WorkOutcome.Idle)
                {
                    yield return Delay(idle.Next());
                }
                else
                {
                    idle.Reset();
                }
            }
        }
    }

    // The work goes on beside its heartbeats; the first of them to say that it is over ends it.
    private IEnumerator<Wait> WorkAsync(WorkAnswer work, Reply<WorkOutcome> outcome)
    {
        var done = new Wait();
        var doing = new Turn(this, DoAsync(work, outcome), done.End);
        var pulse = new Turn(this, BeatAsync(work.Round, () =>
        {
            Tell($"gives up the work of round {work.Round}");
            doing.Abandon();
            outcome.Value = WorkOutcome.Progress;
            done.Complete();
        }));
        doing.Run();
        pulse.Run();
        yield return done;
        pulse.Abandon();
    }

    private IEnumerator<Wait> BeatAsync(int round, Action moveOn)
    {
        while (true)
        {
            yield return Delay(Times.Heartbeat);
            var beat = world.Network.Call<int>(this, "Heartbeat", (silo, answer, _) => GatewayDoor.HeartbeatAsync(silo, _caller, answer));
            yield return beat.Caught();
            if (beat.Failure is null && beat.Value != round)
            {
                moveOn();
                yield break;
            }
        }
    }

    private IEnumerator<Wait> DoAsync(WorkAnswer work, Reply<WorkOutcome> outcome)
    {
        var model = work.Bundles.Find(BundleKinds.Model)!.Digest;
        Enter(work.Round, model);
        var steps = WorkPlanner.Plan(work.Tasks, PlanTasks.All, machine.KeptTasks(work.Round, model), _givenUp);
        outcome.Value = WorkOutcome.Idle;
        if (steps.Any(step => step.Action is not StepAction.Report))
        {
            var fetched = new Reply<bool>();
            yield return Part.Of(FetchAsync(model, fetched));
            if (!fetched.Value)
            {
                yield break;
            }
        }

        foreach (var step in steps)
        {
            if (step.Action is not StepAction.Report)
            {
                yield return Part.Of(ExecuteAsync(step, work.Round, model));
            }

            if (step.Action is not StepAction.Run)
            {
                var report = machine.Kept(work.Round, model, step.Task);
                var reported = new Reply<WorkReport> { Value = WorkReport.Damaged };
                if (report is not null)
                {
                    yield return Part.Of(ReportAsync(work.Round, report, reported));
                }

                if (reported.Value is WorkReport.Damaged or WorkReport.RoundClosed)
                {
                    machine.Drop(work.Round, model, step.Task);
                }

                switch (reported.Value)
                {
                    case WorkReport.Accepted:
                        outcome.Value = WorkOutcome.Progress;
                        break;
                    case WorkReport.Refused:
                        _givenUp.Add(step.Task);
                        break;
                    case WorkReport.RoundClosed:
                        outcome.Value = WorkOutcome.Progress;
                        yield break;
                    default:
                        outcome.Value = WorkOutcome.Idle;
                        yield break;
                }
            }
        }
    }

    private void Enter(int round, TensorDigest model)
    {
        if (_current != (round, model))
        {
            _current = (round, model);
            _givenUp.Clear();
            machine.DropAllBut(round, model);
        }
    }

    private IEnumerator<Wait> FetchAsync(TensorDigest model, Reply<bool> fetched)
    {
        fetched.Value = true;
        var backoff = NewBackoff();
        while (!machine.HasModel(model))
        {
            var pull = world.Network.Call<Nothing>(this, "PullTensors", (silo, _, _) => GatewayDoor.PullTensorsAsync(silo, model));
            yield return pull.Caught();
            if (pull.Failure is null)
            {
                machine.StoreModel(model);
            }
            else if (pull.Failure is Failure.NotFound)
            {
                fetched.Value = false;
                yield break;
            }
            else
            {
                yield return Delay(backoff.Next());
            }
        }
    }

    private IEnumerator<Wait> ExecuteAsync(Step step, int round, TensorDigest model)
    {
        yield return Delay(Dice.Between(TimeSpan.FromSeconds(0.05), world.Scenario.LongestTask));
        var nonce = world.Scenario.RepeatableTraining ? 0 : Dice.Next();
        var report = new TaskReport(
            step.Task,
            10 + machine.Index,
            [new Metric("accuracy", Digests.Accuracy(model, machine.Index))],
            step.Kind is TaskKind.Train ? [Digests.Bundle(Digests.Update(model, machine.Index, nonce))] : []);
        machine.Keep(round, model, report);
        Tell($"keeps {step.Task} of round {round}");
    }

    private IEnumerator<Wait> ReportAsync(int round, TaskReport report, Reply<WorkReport> outcome)
    {
        var backoff = NewBackoff();
        var id = new RoundId(World.Experiment, round);
        var stored = -1L;
        var misplaced = 0;
        while (true)
        {
            var reply = new Reply<IntakeOutcome>();
            yield return Part.Of(CallAsync(
                reply, NewBackoff(), "ReportResult", (silo, answer, _) => IntakeDoor.OfferAsync(silo, _caller, id, report, answer)));
            Tell($"{report.Task} of round {round}: {reply.Value}");
            world.Ledger.Answered(machine.Index, round, report, reply.Value, _asked);
            switch (reply.Value)
            {
                case IntakeOutcome.Accepted:
                    outcome.Value = WorkReport.Accepted;
                    yield break;
                case IntakeOutcome.RoundClosed:
                    outcome.Value = WorkReport.RoundClosed;
                    yield break;
                case IntakeOutcome.BytesMissing { Missing: [var missing] }:
                    if (missing.StagedBytes > stored)
                    {
                        backoff.Reset();
                        misplaced = 0;
                    }
                    else
                    {
                        yield return Delay(backoff.Next());
                    }

                    stored = missing.StagedBytes;
                    var header = new Push(round, report.Task, missing.Digest, missing.StagedBytes);
                    var push = world.Network.Call<bool>(
                        this, "PushTensors", (silo, answer, cut) => GatewayDoor.PushTensorsAsync(silo, _caller, header, cut, answer));
                    yield return push.Caught();
                    if (push.Failure is Failure.InvalidArgument && misplaced++ >= MostMisplaced)
                    {
                        world.Ledger.GaveUp(machine.Index, "PushTensors");
                    }

                    break;
                default:
                    outcome.Value = WorkReport.Refused;
                    yield break;
            }
        }
    }

    // Mirrors GatewayClient.CallAsync: tried until it succeeds.
    private IEnumerator<Wait> CallAsync<T>(
        Reply<T> reply, Backoff backoff, string call, Func<SiloProcess, Reply<T>, Action, IEnumerator<Wait>> method)
    {
        while (true)
        {
            _asked = world.Schedule.GetUtcNow();
            var attempt = world.Network.Call(this, call, method);
            yield return attempt.Caught();
            if (attempt.Failure is null)
            {
                reply.Value = attempt.Value;
                yield break;
            }

            if (attempt.Failure is Failure.InvalidArgument or Failure.NotFound)
            {
                world.Ledger.GaveUp(machine.Index, call);
            }

            yield return Delay(backoff.Next());
        }
    }

    private Backoff NewBackoff() => new(Times.Reconnect, Times.LongestReconnect, Dice.Unit, world.Schedule);

    private Wait Delay(TimeSpan delay)
    {
        var wait = new Wait();
        world.Schedule.In(this, delay, wait.Complete);
        return wait;
    }
}
