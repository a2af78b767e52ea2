using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Simulation.Faults;
using Actors.Simulation.Machines;

namespace Actors.Simulation.Collaborators;

/// <summary>A collaborator's machine: its disk, and a process that is started again some time after it died.</summary>
internal sealed class CollaboratorMachine
{
    private readonly World _world;
    private readonly Dice _dice;
    private readonly Dictionary<(int Round, TensorDigest StartedFrom, string Task), TaskReport> _kept = [];
    private readonly HashSet<TensorDigest> _models = [];

    public CollaboratorMachine(World world, CollaboratorName name, int index)
    {
        (_world, Name, Index, _dice) = (world, name, index, Dice.For(world.Scenario.Seed, name.Value));
        world.Schedule.In(world.Outside, _dice.Milliseconds(0, _dice.Below(8) > 0 ? 3000 : 300_000), Start);
    }

    public CollaboratorName Name { get; }

    public int Index { get; }

    /// <summary>Whether it was told of the experiment's end and has left.</summary>
    public bool HasLeft { get; private set; }

    public void Leave() => HasLeft = true;

    /// <summary>Mirrors <c>KeptResults.Keep</c>.</summary>
    public void Keep(int round, TensorDigest startedFrom, TaskReport report) => _kept[(round, startedFrom, report.Task)] = report;

    /// <summary>Mirrors <c>KeptResults.Find</c>.</summary>
    public TaskReport? Kept(int round, TensorDigest startedFrom, string task) => _kept.GetValueOrDefault((round, startedFrom, task));

    /// <summary>Mirrors <c>KeptResults.TasksOf</c>.</summary>
    public HashSet<string> KeptTasks(int round, TensorDigest startedFrom) =>
        [.. _kept.Keys.Where(key => key.Round == round && key.StartedFrom == startedFrom).Select(key => key.Task)];

    /// <summary>Mirrors <c>KeptResults.Drop</c>.</summary>
    public void Drop(int round, TensorDigest startedFrom, string task) => _kept.Remove((round, startedFrom, task));

    /// <summary>Mirrors <c>KeptResults.DropAllBut</c> and <c>LocalTensorStore.KeepOnly</c>.</summary>
    public void DropAllBut(int round, TensorDigest startedFrom)
    {
        foreach (var key in _kept.Keys.Where(key => key.Round != round || key.StartedFrom != startedFrom).ToList())
        {
            _kept.Remove(key);
        }

        _models.RemoveWhere(model => model != startedFrom);
    }

    public bool HasModel(TensorDigest digest) => _models.Contains(digest);

    public void StoreModel(TensorDigest digest) => _models.Add(digest);

    private void Start()
    {
        var host = new CollaboratorHost(_world, this, new Dice(_dice.Next()), Killed);
        host.Tell("starts");
        host.Start();
    }

    private void Killed()
    {
        if (_world.Trace is not null)
        {
            _world.Tell(Name.Value, "dies");
        }

        if (_world.Faults.Strikes(FaultKind.LoseKept))
        {
            _kept.Clear();
            _models.Clear();
        }

        var away = _dice.Below(4) > 0 ? _dice.Milliseconds(100, 20_000) : _dice.Milliseconds(20_000, 600_000);
        _world.Schedule.In(_world.Outside, away, Start);
    }
}
