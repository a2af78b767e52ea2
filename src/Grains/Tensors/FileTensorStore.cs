using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;

namespace Actors.Grains.Tensors;

/// <summary>
/// A store in files: <c>federation/experiment/scope/digest</c>, stages in <c>federation/experiment/scope/stages/owner.digest</c>,
/// manifests in <c>federation/experiment/manifests/hash</c>. A commit is a rename.
/// </summary>
/// <param name="root">The store's folder; made when missing.</param>
/// <param name="durability">What a commit survives.</param>
public sealed class FileTensorStore(string root, Durability durability) : ITensorStore
{
    private const string Aggregation = "aggregation";

    /// <inheritdoc/>
    public bool Contains(TensorScope scope, TensorDigest digest) => File.Exists(PathOf(scope, digest));

    /// <inheritdoc/>
    public ITensorReader? TryOpen(TensorScope scope, TensorDigest digest) => FileTensorReader.TryOpen(PathOf(scope, digest));

    /// <inheritdoc/>
    public long StagedBytes(TensorScope scope, string owner, TensorDigest digest)
    {
        var stage = new FileInfo(StageOf(scope, owner, digest.ToString()));
        return stage.Exists ? stage.Length : 0;
    }

    /// <inheritdoc/>
    public ITensorStage OpenStage(TensorScope scope, string owner, TensorDigest digest) =>
        new FileTensorStage(StageOf(scope, owner, digest.ToString()), FolderOf(scope), FileMode.OpenOrCreate, durability);

    /// <inheritdoc/>
    public ITensorStage CreateStage(TensorScope scope, string owner) =>
        new FileTensorStage(StageOf(scope, owner, Aggregation), FolderOf(scope), FileMode.Create, durability);

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
                StoreFiles.DeleteFolder(folder);
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
