using Actors.Simulation.Faults;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Silo;

/// <summary>A person who now and then pauses the experiment and always resumes it, however often it has to be said.</summary>
internal sealed class Operator
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    private readonly World _world;

    public Operator(World world)
    {
        _world = world;
        In(Look, Consider);
    }

    private void Consider()
    {
        if (_world.Faults.Strikes(FaultKind.PauseExperiment))
        {
            Ask(door => door.PauseAsync(), "pause", () => { });
            In(_world.Outside.Dice.Milliseconds(100, 120_000), Resume);
        }
        else if (!_world.Faults.IsOver)
        {
            In(Look, Consider);
        }
    }

    private void Resume() => Ask(door => door.ResumeAsync(), "resume", () => In(Look, Consider), again: Resume);

    private void Ask(Func<ExperimentDoor, IEnumerator<Wait>> method, string what, Action done, Action? again = null)
    {
        if (_world.Aggregator.Silo is not { } silo)
        {
            In(TimeSpan.FromSeconds(1), again ?? done);
            return;
        }

        silo.Tell($"an operator says {what}");
        var asked = silo.Experiment.Ask<Nothing>(0, (door, _) => method(door), what);
        // Who asked a process that died learns it from the silence.
        var heard = false;
        asked.Then(() => Hear(asked.Failure is null ? done : again ?? done));
        In(TimeSpan.FromSeconds(40), () => Hear(again ?? done));

        void Hear(Action then)
        {
            if (!heard)
            {
                heard = true;
                In(TimeSpan.FromSeconds(1), then);
            }
        }
    }

    private void In(TimeSpan delay, Action what) => _world.Schedule.In(_world.Outside, delay, what);
}
