using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;

namespace Actors.Grains.Tensors;

/// <summary>
/// A store in files: <c>federation/experiment/scope/digest</c>, stages in <c>federation/experiment/scope/stages/owner.digest</c>,
/// manifests in <c>federation/experiment/manifests/hash</c>. A commit is a rename. The updates of a round that is over lie in <c>.spare</c>
/// for a moment: those of the next one are written over them.
/// </summary>
/// <param name="root">The store's folder; made when missing. For one process at a time.</param>
/// <param name="durability">What a commit survives.</param>
public sealed class FileTensorStore(string root, Durability durability) : ITensorStore
{
    private const string Aggregation = "aggregation";

    private readonly SpareFiles _spares = new(Path.Combine(root, ".spare"), TimeProvider.System);

    /// <inheritdoc/>
    public bool Contains(TensorScope scope, TensorDigest digest) => File.Exists(PathOf(scope, digest));

    /// <inheritdoc/>
    public ITensorReader? TryOpen(TensorScope scope, TensorDigest digest) => FileTensorReader.TryOpen(PathOf(scope, digest));

    /// <inheritdoc/>
    public long StagedBytes(TensorScope scope, string owner, TensorDigest digest) =>
        GrowingFile.LengthOf(StageOf(scope, owner, digest.ToString()));

    /// <inheritdoc/>
    public ITensorStage OpenStage(TensorScope scope, string owner, TensorDigest digest, long byteLength = 0) =>
        FileTensorStage.Open(StageOf(scope, owner, digest.ToString()), FolderOf(scope), byteLength, _spares, durability);

    /// <inheritdoc/>
    public ITensorStage CreateStage(TensorScope scope, string owner) =>
        FileTensorStage.Create(StageOf(scope, owner, Aggregation), FolderOf(scope), _spares, durability);

    /// <inheritdoc/>
    public void PutManifest(ExperimentId experiment, ModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        var path = ManifestOf(experiment, manifest.Hash);
        if (!File.Exists(path))
        {
            StoreFiles.WriteWhole(path, manifest.ToBytes(), durability);
        }
    }

    /// <inheritdoc/>
    public ModelManifest? FindManifest(ExperimentId experiment, TensorDigest hash)
    {
        var path = ManifestOf(experiment, hash);
        return File.Exists(path) ? ModelManifest.FromBytes(File.ReadAllBytes(path)) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<TensorDigest> List(TensorScope scope)
    {
        var folder = FolderOf(scope);
        if (!Directory.Exists(folder))
        {
            return [];
        }

        var found = new List<TensorDigest>();
        foreach (var file in Directory.EnumerateFiles(folder))
        {
            if (TensorDigest.TryParse(Path.GetFileName(file), out var digest))
            {
                found.Add(digest);
            }
        }

        return found;
    }

    /// <inheritdoc/>
    public void Delete(TensorScope scope, TensorDigest digest)
    {
        if (Directory.Exists(FolderOf(scope)))
        {
            File.Delete(PathOf(scope, digest));
        }
    }

    /// <inheritdoc/>
    public void DeleteScope(TensorScope scope)
    {
        if (Directory.Exists(FolderOf(scope)))
        {
            StoreFiles.DeleteFolder(FolderOf(scope));
        }
    }

    /// <inheritdoc/>
    public void DeleteRoundsBefore(RoundId round)
    {
        var experiment = FolderOf(round.Experiment);
        if (!Directory.Exists(experiment))
        {
            return;
        }

        foreach (var folder in Directory.EnumerateDirectories(experiment, "round-*"))
        {
            if (int.TryParse(Path.GetFileName(folder).AsSpan("round-".Length), out var number) && number < round.Number)
            {
                StoreFiles.DeleteFolder(folder, _spares);
            }
        }
    }

    private string FolderOf(ExperimentId experiment) => Path.Combine(root, experiment.Federation.Value, experiment.Name);

    private string FolderOf(TensorScope scope) => Path.Combine(FolderOf(scope.Experiment), scope.Folder);

    private string PathOf(TensorScope scope, TensorDigest digest) => Path.Combine(FolderOf(scope), digest.ToString());

    private string StageOf(TensorScope scope, string owner, string name) =>
        Path.Combine(FolderOf(scope), "stages", $"{owner}.{name}");

    private string ManifestOf(ExperimentId experiment, TensorDigest hash) =>
        Path.Combine(FolderOf(experiment), "manifests", hash.ToString());
}
