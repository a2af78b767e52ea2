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

    private readonly RoundFiles _files;
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
        (_files, _runner, _store) = (new(folder, Suffix), runner, store);
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

    /// <summary>Whether a tensor of the model is one of them.</summary>
    public bool Holds(int tensor) => _indices.Contains(tensor);

    /// <summary>Puts this collaborator's own tensors into the runner; the global model's stay where it has none yet.</summary>
    /// <param name="input">The round.</param>
    /// <param name="isTrained">Whether those of the round's training are meant, and not those it starts from.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>False when they were damaged on disk; they are removed then.</returns>
    public async Task<bool> PutAsync(RoundInput input, bool isTrained, CancellationToken cancellationToken)
    {
        if (_layout is null || (isTrained ? _files.Of(input.Round) : _files.Before(input.Round)) is not { } path)
        {
            return true;
        }

        var digest = await TensorFile.LoadAsync(path, _layout, (tensor, bytes) => _runner.WriteModelTensor(_indices[tensor], bytes), cancellationToken);
        if (digest == RoundFiles.DigestIn(path))
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

        var digest = await TensorFile.SaveAsync(
            _files.ScratchOf(input.Round), _layout, (tensor, bytes) => _runner.ReadModelTensor(_indices[tensor], bytes), cancellationToken);
        _files.Adopt(input.Round, digest);
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

    private static bool Fits(string pattern, TensorSpec tensor) =>
        FileSystemName.MatchesSimpleExpression(pattern, tensor.Name, ignoreCase: false);
}
