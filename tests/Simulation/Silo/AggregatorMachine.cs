using Actors.Simulation.Machines;

namespace Actors.Simulation.Silo;

/// <summary>The aggregator's machine: its process is started again some time after it died.</summary>
internal sealed class AggregatorMachine
{
    private readonly World _world;
    private readonly Dice _dice;

    public AggregatorMachine(World world)
    {
        (_world, _dice) = (world, Dice.For(world.Scenario.Seed, "aggregator"));
        world.Schedule.In(world.Outside, TimeSpan.Zero, Start);
    }

    /// <summary>The running process; null while there is none.</summary>
    public SiloProcess? Silo { get; private set; }

    private void Start()
    {
        Silo = new(_world, new Dice(_dice.Next()), Killed);
        Silo.Tell("starts");
        Silo.Start();
    }

    private void Killed()
    {
        Silo!.Tell("dies");
        Silo = null;
        _world.Tensors.CloseStages();
        _world.Network.CutAll();
        var away = _dice.Below(4) > 0 ? _dice.Milliseconds(100, 10_000) : _dice.Milliseconds(10_000, 300_000);
        _world.Schedule.In(_world.Outside, away, Start);
    }
}
