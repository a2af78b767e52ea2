using Actors.Contracts.Tensors;
using Actors.Simulation.Faults;
using Actors.Simulation.Machines;

namespace Actors.Simulation.Storage;

/// <summary>
/// The aggregator's tensor store: mirrors <c>FileTensorStore</c>. Files are whole or absent; a stage keeps its bytes, and is
/// open to one at a time. It knows who pushed an update, so that its loss can be told from its deletion.
/// </summary>
internal sealed class TensorFiles(World world)
{
    public const long UpdateBytes = 300;
    public const long ChunkBytes = 100;

    private readonly HashSet<TensorDigest> _models = [];
    private readonly Dictionary<int, HashSet<TensorDigest>> _updates = [];
    private readonly Dictionary<(int Round, int Collaborator, TensorDigest Digest), long> _stages = [];
    private readonly HashSet<(int Round, int Collaborator, TensorDigest Digest)> _openStages = [];

    public IReadOnlyList<TensorDigest> Models => [.. _models];

    public void StoreInitialModel() => _models.Add(world.Definition.InitialModel.Digest);

    public bool HasModel(TensorDigest digest) => _models.Contains(digest);

    public bool HasUpdate(int round, TensorDigest digest) => _updates.TryGetValue(round, out var files) && files.Contains(digest);

    /// <summary>Writes a model; false when the disk refuses.</summary>
    public bool TryStoreModel(TensorDigest digest)
    {
        if (world.Faults.Strikes(FaultKind.FailFile))
        {
            return false;
        }

        _models.Add(digest);
        return true;
    }

    public void DeleteModel(TensorDigest digest)
    {
        _models.Remove(digest);
        world.Ledger.Deleted();
    }

    public void DeleteRoundsBefore(int round)
    {
        foreach (var old in _updates.Keys.Where(old => old < round).ToList())
        {
            _updates.Remove(old);
        }

        foreach (var old in _stages.Keys.Where(old => old.Round < round).ToList())
        {
            _stages.Remove(old);
        }

        world.Ledger.Deleted();
    }

    public long StagedBytes(int round, int collaborator, TensorDigest digest) => _stages.GetValueOrDefault((round, collaborator, digest));

    /// <summary>Opens a stage; false when somebody has it open.</summary>
    public bool TryOpenStage(int round, int collaborator, TensorDigest digest) => _openStages.Add((round, collaborator, digest));

    public void CloseStage(int round, int collaborator, TensorDigest digest) => _openStages.Remove((round, collaborator, digest));

    /// <summary>Appends a chunk; false when the disk refuses.</summary>
    public bool TryAppend(int round, int collaborator, TensorDigest digest, long bytes)
    {
        if (world.Faults.Strikes(FaultKind.FailFile))
        {
            return false;
        }

        _stages[(round, collaborator, digest)] = StagedBytes(round, collaborator, digest) + bytes;
        return true;
    }

    /// <summary>Makes a stage an update; the disk may lose it later.</summary>
    public void Commit(int round, int collaborator, TensorDigest digest)
    {
        _stages.Remove((round, collaborator, digest));
        if (!_updates.TryGetValue(round, out var files))
        {
            _updates[round] = files = [];
        }

        files.Add(digest);
        if (world.Faults.Strikes(FaultKind.LoseUpdate))
        {
            world.Schedule.In(world.Outside, world.Outside.Dice.Milliseconds(0, 60_000), () => Lose(round, digest));
        }
    }

    /// <summary>The process that had stages open is gone.</summary>
    public void CloseStages() => _openStages.Clear();

    private void Lose(int round, TensorDigest digest)
    {
        if (HasUpdate(round, digest))
        {
            _updates[round].Remove(digest);
            world.Ledger.Lost(round, digest);
            if (world.Trace is not null)
            {
                world.Tell("disk", $"loses an update of round {round}");
            }
        }
    }
}
