using System.Globalization;
using System.IO.Enumeration;

using Actors.CollaboratorHost.Tensors;
using Actors.Contracts.Tensors;
using Actors.Learning;

namespace Actors.CollaboratorHost.Work;

/// <summary>
/// The tensors of the model that stay with this collaborator, such as those of batch normalisation (FedBN, Li et al. 2021). Before a task
/// they take the place of the global model's; after a training they are kept here, and the update has the global model's in their place:
/// nothing of them leaves. A round's are kept beside those it started from, so that a training that is done again starts from the same.
/// </summary>
internal sealed class LocalTensors
{
    private const string Suffix = ".tensors";

    private readonly string _folder;
    private readonly TaskRunner _runner;
    private readonly LocalTensorStore _store;
    private readonly int[] _indices = [];
    private readonly ModelManifest? _layout;

    /// <param name="folder">Where they are kept; made when there are any.</param>
    /// <param name="runner">Holds the model.</param>
    /// <param name="store">Holds the global model's bytes.</param>
    /// <param name="patterns">Patterns of their names, <c>*</c> standing for any text; empty for none.</param>
    /// <exception cref="WorkFailedException">A pattern fits no tensor of the model.</exception>
    public LocalTensors(string folder, TaskRunner runner, LocalTensorStore store, IReadOnlyList<string> patterns)
    {
        (_folder, _runner, _store) = (folder, runner, store);
        if (patterns.Count == 0)
        {
            return; // The model is not built before it is needed.
        }

        var tensors = runner.Model.Tensors;
        if (patterns.FirstOrDefault(pattern => !tensors.Any(tensor => Fits(pattern, tensor))) is { } stray)
        {
            throw new WorkFailedException(
                $"collaborator.settings.local_tensors: '{stray}' fits no tensor of the model "
                + $"({string.Join(", ", tensors.Select(tensor => tensor.Name))}). Mend the pattern in the plan.");
        }

        _indices = [.. Enumerable.Range(0, tensors.Length).Where(index => patterns.Any(pattern => Fits(pattern, tensors[index])))];
        _layout = new(_indices.Select(index => tensors[index]));
    }

    /// <summary>Puts this collaborator's own tensors into the runner; the global model's stay where it has none yet.</summary>
    /// <param name="input">The round.</param>
    /// <param name="isTrained">Whether those of the round's training are meant, and not those it starts from.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when they were damaged on disk; they are removed then.</returns>
    public async Task<bool> PutAsync(RoundInput input, bool isTrained, CancellationToken cancellationToken)
    {
        if (_layout is null || Newest(input, isTrained) is not { } path)
        {
            return true;
        }

        var digest = await TensorFile.LoadAsync(path, _layout, (tensor, bytes) => _runner.WriteModelTensor(_indices[tensor], bytes), cancellationToken);
        if (digest == TensorDigest.Parse(DigestIn(path)))
        {
            return true;
        }

        File.Delete(path);
        return false;
    }

    /// <summary>Keeps what a training made of them, and puts the global model's back into the runner.</summary>
    public async Task KeepAsync(RoundInput input, CancellationToken cancellationToken)
    {
        if (_layout is null)
        {
            return;
        }

        var folder = Directory.CreateDirectory(FolderOf(input)).FullName;
        var scratch = Path.Combine(folder, "scratch");
        var digest = await TensorFile.SaveAsync(scratch, _layout, (tensor, bytes) => _runner.ReadModelTensor(_indices[tensor], bytes), cancellationToken);
        var older = Files(input).Where(file => file.Round == input.Round.Number).ToList();
        File.Move(scratch, Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{input.Round.Number}.{digest}{Suffix}")), overwrite: true);
        var before = Files(input).Where(file => file.Round < input.Round.Number).OrderByDescending(file => file.Round).Skip(1);
        foreach (var file in older.Where(file => DigestIn(file.Path) != digest.ToString()).Concat(before))
        {
            File.Delete(file.Path);
        }

        PutGlobal(input);
    }

    private void PutGlobal(RoundInput input)
    {
        using var file = File.OpenHandle(_store.PathOf(input.StartedFrom));
        foreach (var index in _indices)
        {
            var bytes = new byte[_runner.Model.Tensors[index].ByteLength];
            TensorFile.ReadExactly(file, bytes, _runner.Model.OffsetOf(index));
            _runner.WriteModelTensor(index, bytes);
        }
    }

    private string? Newest(RoundInput input, bool isTrained) => Files(input)
        .Where(file => isTrained ? file.Round == input.Round.Number : file.Round < input.Round.Number)
        .OrderByDescending(file => file.Round)
        .FirstOrDefault().Path;

    private IEnumerable<(int Round, string Path)> Files(RoundInput input) => Directory.Exists(FolderOf(input))
        ? Directory.EnumerateFiles(FolderOf(input), "*" + Suffix).Select(path => (
            int.Parse(Path.GetFileName(path).AsSpan(0, Path.GetFileName(path).IndexOf('.', StringComparison.Ordinal)), CultureInfo.InvariantCulture), path))
        : [];

    private string FolderOf(RoundInput input) =>
        Path.Combine(_folder, input.Round.Experiment.Federation.Value, input.Round.Experiment.Name);

    private static string DigestIn(string path) => Path.GetFileName(path).Split('.')[1];

    private static bool Fits(string pattern, TensorSpec tensor) =>
        FileSystemName.MatchesSimpleExpression(pattern, tensor.Name, ignoreCase: false);
}
