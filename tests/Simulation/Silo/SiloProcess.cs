using Actors.Contracts.Identity;
using Actors.Simulation.Faults;
using Actors.Simulation.Gateway;
using Actors.Simulation.Machines;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Silo;

/// <summary>One run of the aggregator's process: its grains, their messages to each other, and its gateway.</summary>
internal sealed class SiloProcess : Process
{
    // Calls are answered or fail in the order in which they were made.
    private readonly Queue<(DateTimeOffset Until, Wait Reply, string What)> _calls = [];
    private readonly Action _killed;

    public SiloProcess(World world, Dice dice, Action killed)
        : base("silo", dice, FaultKind.CrashSilo)
    {
        (World, _killed) = (world, killed);
        Experiment = new(this, _ => new ExperimentDoor(this));
        TensorStore = new(this, _ => new TensorStoreDoor(this));
        Rounds = new(this, number => new RoundDoor(this, number));
        Tasks = new(this, task => new TaskDoor(this, task.Round, task.Task));
        Collaborators = new(this, name => new CollaboratorDoor(this, name));
        Contributors = new(this, name => new ContributorDoor(this, name));
        Versions = new(this, number => new VersionDoor(this, number));
        Waiting = new(this);
    }

    public World World { get; }

    public Doors<int, ExperimentDoor> Experiment { get; }

    public Doors<int, TensorStoreDoor> TensorStore { get; }

    public Doors<int, RoundDoor> Rounds { get; }

    public Doors<(int Round, string Task), TaskDoor> Tasks { get; }

    public Doors<CollaboratorName, CollaboratorDoor> Collaborators { get; }

    public Doors<CollaboratorName, ContributorDoor> Contributors { get; }

    public Doors<int, VersionDoor> Versions { get; }

    public WaitingCalls Waiting { get; }

    /// <summary>Mirrors <c>ExperimentStart</c> and the other hosted services. The members are those of the scenario from the start.</summary>
    public void Start()
    {
        new Turn(this, StartAsync()).Run();
        Waiting.Start();
        ExpireCalls();
    }

    public void In(TimeSpan delay, Action what) => World.Schedule.In(this, delay, what);

    public Wait Delay(TimeSpan delay)
    {
        var wait = new Wait();
        In(delay, wait.Complete);
        return wait;
    }

    public void NoteCall(Wait reply, string what) => _calls.Enqueue((World.Schedule.GetUtcNow() + Times.GrainCall, reply, what));

    public void Tell(string what)
    {
        if (World.Trace is not null)
        {
            World.Tell(Name, what);
        }
    }

    protected override void Killed() => _killed();

    // A start that fails ends the process; whoever watches it starts it again, and so it is tried again here.
    private IEnumerator<Wait> StartAsync()
    {
        while (true)
        {
            var created = Experiment.Ask<Nothing>(0, (door, _) => door.CreateAsync(World.Definition), "create");
            yield return created.Caught();
            var started = Experiment.Ask<Nothing>(0, (door, _) => door.StartAsync(), "start");
            yield return started.Caught();
            if (created.Failure is null && started.Failure is null)
            {
                break;
            }

            yield return Delay(TimeSpan.FromSeconds(2));
        }
    }

    // No disk is that slow here: grains that wait for each other are.
    private void ExpireCalls()
    {
        while (_calls.TryPeek(out var call) && (call.Reply.IsDone || call.Until <= World.Schedule.GetUtcNow()))
        {
            _calls.Dequeue();
            if (!call.Reply.IsDone)
            {
                Tell($"the call '{call.What}' is not answered in time");
                World.Ledger.TimedOut(call.What);
                call.Reply.Fail(Failure.TimedOut);
            }
        }

        In(TimeSpan.FromSeconds(5), ExpireCalls);
    }
}
