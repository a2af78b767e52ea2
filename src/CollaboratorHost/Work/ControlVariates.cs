using Actors.CollaboratorHost.Tensors;
using Actors.Contracts.Compression;
using Actors.Contracts.Tensors;
using Actors.Learning;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Work;

/// <summary>
/// This collaborator's control variate cᵢ (SCAFFOLD, Karimireddy et al. 2020, Algorithm 1). A training's steps are corrected by c − cᵢ; after it
/// cᵢ⁺ is the mean of the gradients of its steps, which for SGD is the paper's option II, cᵢ − c + (x − yᵢ) / (K ηₗ), and holds for every
/// optimizer. What is reported is the change cᵢ⁺ − cᵢ. Whether it counted, the aggregator says with later work: a round's cᵢ⁺ lies beside the
/// one that it is a change of until then, so that work that is done again starts from the same, and one that was not counted is dropped.
/// </summary>
/// <param name="options">The task, and how its tensors are encoded.</param>
/// <param name="runner">Trains.</param>
/// <param name="store">Holds c; takes the change.</param>
/// <param name="local">The tensors that stay here, of which nothing leaves: their control variates are zero.</param>
/// <param name="folder">Where control variates are kept; made when there are any.</param>
internal sealed class ControlVariates(
    CollaboratorOptions options, TaskRunner runner, LocalTensorStore store, LocalTensors local, string folder)
{
    private const string Suffix = ".control";

    private readonly RoundFiles _files = new(folder, Suffix);
    private string? _own;

    /// <summary>The round whose control variate the running training starts with; null when that is zero.</summary>
    public int? Basis { get; private set; }

    /// <summary>Whether a task's steps are corrected.</summary>
    public bool AreOf(string task) => task == options.ControlTask;

    /// <summary>Gives the runner the correction of a training's steps; none for another task than the plan's.</summary>
    /// <returns>False when c was damaged on disk; it is removed then. A cᵢ that is damaged or gone is zero, and the report says so.</returns>
    /// <exception cref="WorkFailedException">The runner cannot correct its steps.</exception>
    public async Task<bool> PutAsync(string task, RoundInput input, CancellationToken cancellationToken)
    {
        if (!AreOf(task))
        {
            runner.EndCorrection();
            return true;
        }

        if (input.Control is { } control && !await store.VerifyAsync(TensorDigest.Parse(control.Digest), cancellationToken))
        {
            return false;
        }

        _files.KeepOnly(input.Round, round => round == input.ControlRound?.Number || round == input.Round.Number);
        _own = await RoundFiles.WholeAsync(input.ControlRound is { } counted ? _files.Of(counted) : null, cancellationToken);
        Basis = _own is null ? null : input.ControlRound!.Value.Number;
        await Task.Run(() => Correct(input), cancellationToken);
        return true;
    }

    /// <summary>Keeps the cᵢ⁺ of a training that has just run, and puts its change into the store.</summary>
    public async Task<Wire.ReportedBundle> KeepAsync(string task, RoundInput input, CancellationToken cancellationToken)
    {
        using var own = Open(_own);
        var change = await TensorFile.SaveAsync(
            store.ScratchPath,
            runner.Model,
            (tensor, bytes) =>
            {
                runner.ReadGradientTensor(tensor, bytes);
                if (local.Holds(tensor))
                {
                    bytes.Clear();
                }

                Add(tensor, bytes, own, -1);
            },
            cancellationToken);
        store.Adopt(change);
        var bundle = new Wire.TensorBundle
        {
            Kind = RoundInput.ControlKind,
            Digest = change.ToString(),
            ManifestHash = runner.Model.Hash.ToString(),
            ByteLength = runner.Model.ByteLength,
            Encoding = options.Compression.IsNone ? null : await Task.Run(() => Encode(change, task, input), cancellationToken),
        };
        await KeepOwnAsync(bundle, own, input, cancellationToken);
        return new() { Bundle = bundle };
    }

    private void Correct(RoundInput input)
    {
        try
        {
            runner.BeginCorrection();
        }
        catch (NotSupportedException problem)
        {
            throw new WorkFailedException(
                $"tasks.{options.ControlTask}.aggregation_type: {problem.Message} Choose another rule than scaffold, or derive from TorchTaskRunner.", problem);
        }

        using var control = Open(input.Control is { } bundle ? store.PathOf(TensorDigest.Parse(bundle.Digest)) : null);
        using var own = Open(_own);
        for (var tensor = 0; tensor < runner.Model.Tensors.Length; tensor++)
        {
            var bytes = new byte[runner.Model.Tensors[tensor].ByteLength];
            Add(tensor, bytes, control, 1);
            Add(tensor, bytes, own, -1);
            runner.WriteCorrectionTensor(tensor, bytes);
        }
    }

    // What the aggregator adds to its c, encoding and all, is what is added here: else c would not be the mean of all cᵢ for long.
    private async Task KeepOwnAsync(Wire.TensorBundle change, PlacedFile? own, RoundInput input, CancellationToken cancellationToken)
    {
        using var file = new PlacedFile(store.PathOf(TensorDigest.Parse(change.TravellingDigest)));
        ReadAt read = change.Encoding is null ? file.Read : new EncodedTensors(runner.Model, file.Read, file.Length, null).Read;
        var digest = await TensorFile.SaveAsync(
            _files.ScratchOf(input.Round),
            runner.Model,
            (tensor, bytes) =>
            {
                read(runner.Model.OffsetOf(tensor), bytes);
                Add(tensor, bytes, own, 1);
            },
            cancellationToken);
        _files.Adopt(input.Round, digest);
    }

    private Wire.TensorEncoding Encode(TensorDigest change, string task, RoundInput input)
    {
        var layout = runner.Model;
        var seed = EncodingSeed.Of($"{input.Round}", task, options.Collaborator, RoundInput.ControlKind);
        using var values = new PlacedFile(store.PathOf(change));
        using var encoded = new DigestedFile(store.ScratchPath);
        new TensorEncoder(layout, new(options.Compression, seed, layout.Hash, null)).Write(values.Read, null, encoded.Append);
        var length = encoded.Length;
        var digest = encoded.Close();
        store.Adopt(digest);
        return new() { Digest = digest.ToString(), ByteLength = length, Basis = "" };
    }

    private void Add(int tensor, Span<byte> bytes, PlacedFile? file, double factor)
    {
        byte[] other = [];
        if (file is not null)
        {
            other = new byte[bytes.Length];
            file.Read(runner.Model.OffsetOf(tensor), other);
        }

        TensorSum.Add(runner.Model.Tensors[tensor].Type, bytes, other, factor);
    }

    private static PlacedFile? Open(string? path) => path is null ? null : new(path);
}
