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
    private readonly Dictionary<UpdateScope, HashSet<TensorDigest>> _updates = [];
    private readonly Dictionary<(UpdateScope Scope, int Collaborator, TensorDigest Digest), long> _stages = [];
    private readonly HashSet<(UpdateScope Scope, int Collaborator, TensorDigest Digest)> _openStages = [];

    public IReadOnlyList<TensorDigest> Models => [.. _models];

    public void StoreInitialModel() => _models.Add(world.Definition.InitialModel.Digest);

    public bool HasModel(TensorDigest digest) => _models.Contains(digest);

    public bool HasUpdate(UpdateScope scope, TensorDigest digest) => _updates.TryGetValue(scope, out var files) && files.Contains(digest);

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

    public void DeleteRoundsBefore(int round) => Delete(scope => scope.Contributor is null && scope.Number < round);

    /// <summary>Mirrors <c>ITensorStore.DeleteScope</c>.</summary>
    public void DeleteScope(UpdateScope deleted) => Delete(scope => scope == deleted);

    public long StagedBytes(UpdateScope scope, int collaborator, TensorDigest digest) => _stages.GetValueOrDefault((scope, collaborator, digest));

    /// <summary>Opens a stage; false when somebody has it open.</summary>
    public bool TryOpenStage(UpdateScope scope, int collaborator, TensorDigest digest) => _openStages.Add((scope, collaborator, digest));

    public void CloseStage(UpdateScope scope, int collaborator, TensorDigest digest) => _openStages.Remove((scope, collaborator, digest));

    /// <summary>Appends a chunk; false when the disk refuses.</summary>
    public bool TryAppend(UpdateScope scope, int collaborator, TensorDigest digest, long bytes)
    {
        if (world.Faults.Strikes(FaultKind.FailFile))
        {
            return false;
        }

        _stages[(scope, collaborator, digest)] = StagedBytes(scope, collaborator, digest) + bytes;
        return true;
    }

    /// <summary>Makes a stage an update; the disk may lose it later.</summary>
    public void Commit(UpdateScope scope, int collaborator, TensorDigest digest)
    {
        _stages.Remove((scope, collaborator, digest));
        if (!_updates.TryGetValue(scope, out var files))
        {
            _updates[scope] = files = [];
        }

        files.Add(digest);
        if (world.Faults.Strikes(FaultKind.LoseUpdate))
        {
            world.Schedule.In(world.Outside, world.Outside.Dice.Milliseconds(0, 60_000), () => Lose(scope, digest));
        }
    }

    /// <summary>The process that had stages open is gone.</summary>
    public void CloseStages() => _openStages.Clear();

    private void Delete(Func<UpdateScope, bool> which)
    {
        foreach (var old in _updates.Keys.Where(which).ToList())
        {
            _updates.Remove(old);
        }

        foreach (var old in _stages.Keys.Where(key => which(key.Scope)).ToList())
        {
            _stages.Remove(old);
        }

        world.Ledger.Deleted();
    }

    private void Lose(UpdateScope scope, TensorDigest digest)
    {
        if (HasUpdate(scope, digest))
        {
            _updates[scope].Remove(digest);
            world.Ledger.Lost(scope, digest);
            if (world.Trace is not null)
            {
                world.Tell("disk", $"loses an update of {scope}");
            }
        }
    }
}
