using Actors.CollaboratorHost.Tensors;
using Actors.Contracts.Compression;
using Actors.Contracts.Tensors;
using Actors.Learning;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Work;

/// <summary>
/// This collaborator's own part in what controls its steps. Of what the aggregator sends it takes its own out; for SCAFFOLD (Karimireddy et al.
/// 2020, Algorithm 1) that leaves c − cᵢ, for FedCurv (Shoham et al. 2019) the sums over the others. After a training it has a next one, cᵢ⁺ or
/// uᵢ and vᵢ, and reports it, or its change where it goes on from round to round. Whether that counted, the aggregator says with later work: a
/// round's lies beside the one before it until then, so that work that is done again starts from the same, and one that was not counted is dropped.
/// </summary>
/// <param name="options">The task, and how its tensors are encoded.</param>
/// <param name="runner">Trains.</param>
/// <param name="store">Holds what the aggregator sent; takes what is reported.</param>
/// <param name="local">The tensors that stay here, of which nothing leaves: their part in a control is zero.</param>
/// <param name="folder">Where the own part is kept; made when there is any.</param>
internal sealed class ControlKeeper(
    CollaboratorOptions options, TaskRunner runner, LocalTensorStore store, LocalTensors local, string folder)
{
    private const string Suffix = ".control";

    private readonly RoundFiles _files = new(folder, Suffix);
    private string? _own;

    /// <summary>The round whose own part the reported one is a change of; null when that is zero, or the report is no change.</summary>
    public int? Basis { get; private set; }

    /// <summary>Whether a task's steps are controlled.</summary>
    public bool AreOf(string task) => task == options.Controlled?.Task;

    /// <summary>Gives the runner the control of a training's steps; none for another task than the plan's.</summary>
    /// <returns>
    /// False when what the aggregator sent was damaged on disk; it is removed then. An own part that is damaged or gone is zero and the report
    /// says so; where it does not go on, this training is not controlled, since nobody could tell it from the others'.
    /// </returns>
    /// <exception cref="WorkFailedException">The runner cannot correct its steps.</exception>
    public async Task<bool> PutAsync(string task, RoundInput input, CancellationToken cancellationToken)
    {
        if (!AreOf(task))
        {
            runner.EndControl();
            return true;
        }

        if (input.Control is { } control && !await store.VerifyAsync(TensorDigest.Parse(control.Digest), cancellationToken))
        {
            return false;
        }

        _files.KeepOnly(input.Round, round => round == input.ControlRound?.Number || round == input.Round.Number);
        _own = await RoundFiles.WholeAsync(input.ControlRound is { } counted ? _files.Of(counted) : null, cancellationToken);
        Basis = _own is null || !Control.GoesOn ? null : input.ControlRound!.Value.Number;
        await Task.Run(() => Begin(input), cancellationToken);
        return true;
    }

    /// <summary>Keeps the own part of a training that has just run, and puts what is reported of it into the store.</summary>
    public async Task<Wire.ReportedBundle> KeepAsync(string task, RoundInput input, CancellationToken cancellationToken)
    {
        using var before = Open(Control.GoesOn ? _own : null);
        var layout = Layout;
        var reported = await TensorFile.SaveAsync(
            store.ScratchPath,
            layout,
            (tensor, bytes) =>
            {
                runner.ReadControlTensor(tensor, bytes);
                if (local.Holds(tensor % runner.Model.Tensors.Length))
                {
                    bytes.Clear();
                }

                Add(layout, tensor, bytes, before, -1);
            },
            cancellationToken);
        store.Adopt(reported);
        var bundle = new Wire.TensorBundle
        {
            Kind = RoundInput.ControlKind,
            Digest = reported.ToString(),
            ManifestHash = layout.Hash.ToString(),
            ByteLength = layout.ByteLength,
            Encoding = options.Compression.IsNone ? null : await Task.Run(() => Encode(layout, reported, task, input), cancellationToken),
        };
        await KeepOwnAsync(layout, bundle, before, input, cancellationToken);
        var isKnown = bundle.ManifestHash == input.Model.ManifestHash || bundle.ManifestHash == input.Control?.ManifestHash;
        return new() { Bundle = bundle, Manifest = isKnown ? null : layout.ToMessage() };
    }

    private StepControl Control => options.Controlled!.Control;

    private ModelManifest Layout => Control.LayoutOf(runner.Model);

    private void Begin(RoundInput input)
    {
        try
        {
            runner.BeginControl(Control);
        }
        catch (NotSupportedException problem)
        {
            throw new WorkFailedException(
                $"tasks.{options.Controlled!.Task}.aggregation_type: {problem.Message} Choose another rule, or derive from TorchTaskRunner.", problem);
        }

        if (!Control.GoesOn && input.ControlRound is not null && _own is null)
        {
            return;
        }

        using var control = Open(input.Control is { } bundle ? store.PathOf(TensorDigest.Parse(bundle.Digest)) : null);
        using var own = Open(_own);
        var layout = Layout;
        for (var tensor = 0; tensor < layout.Tensors.Length; tensor++)
        {
            var bytes = new byte[layout.Tensors[tensor].ByteLength];
            Add(layout, tensor, bytes, control, 1);
            Add(layout, tensor, bytes, own, -1);
            runner.WriteControlTensor(tensor, bytes);
        }
    }

    // What the aggregator counts, encoding and all, is what is kept here: else what is taken out would not be what is in.
    private async Task KeepOwnAsync(
        ModelManifest layout, Wire.TensorBundle reported, PlacedFile? before, RoundInput input, CancellationToken cancellationToken)
    {
        using var file = new PlacedFile(store.PathOf(TensorDigest.Parse(reported.TravellingDigest)));
        ReadAt read = reported.Encoding is null ? file.Read : new EncodedTensors(layout, file.Read, file.Length, null).Read;
        var digest = await TensorFile.SaveAsync(
            _files.ScratchOf(input.Round),
            layout,
            (tensor, bytes) =>
            {
                read(layout.OffsetOf(tensor), bytes);
                Add(layout, tensor, bytes, before, 1);
            },
            cancellationToken);
        _files.Adopt(input.Round, digest);
    }

    private Wire.TensorEncoding Encode(ModelManifest layout, TensorDigest reported, string task, RoundInput input)
    {
        var seed = EncodingSeed.Of($"{input.Round}", task, options.Collaborator, RoundInput.ControlKind);
        using var values = new PlacedFile(store.PathOf(reported));
        using var encoded = new DigestedFile(store.ScratchPath);
        new TensorEncoder(layout, new(options.Compression, seed, layout.Hash, null)).Write(values.Read, null, encoded.Append);
        var length = encoded.Length;
        var digest = encoded.Close();
        store.Adopt(digest);
        return new() { Digest = digest.ToString(), ByteLength = length, Basis = "" };
    }

    private static void Add(ModelManifest layout, int tensor, Span<byte> bytes, PlacedFile? file, double factor)
    {
        byte[] other = [];
        if (file is not null)
        {
            other = new byte[bytes.Length];
            file.Read(layout.OffsetOf(tensor), other);
        }

        TensorSum.Add(layout.Tensors[tensor].Type, bytes, other, factor);
    }

    private static PlacedFile? Open(string? path) => path is null ? null : new(path);
}
