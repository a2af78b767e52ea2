using Actors.CollaboratorHost.Tensors;
using Actors.Contracts.Compression;
using Actors.Contracts.Tensors;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Work;

/// <summary>
/// Gives a training's weights the form they travel in, by the plan's compression pipeline. Its bytes follow from weights, round, task,
/// collaborator and what the rounds before left out: work that is done again after a crash encodes to the same.
/// </summary>
/// <param name="options">The pipeline, and whether it encodes changes.</param>
/// <param name="store">Holds the weights and the global model; takes the encoded bytes.</param>
/// <param name="residuals">The folder for what encodings left out, for pipelines that need error feedback.</param>
internal sealed class UpdateEncoder(CollaboratorOptions options, LocalTensorStore store, string residuals)
{
    private const string Suffix = ".residual";

    /// <summary>Whether weights travel in another form than their own.</summary>
    public bool IsNeeded => !options.Compression.IsNone || options.DeltaUpdates;

    /// <summary>Encodes weights that are in the store, and puts the encoded bytes there.</summary>
    /// <param name="weights">Their digest.</param>
    /// <param name="layout">Their layout.</param>
    /// <param name="task">The training.</param>
    /// <param name="input">What it started from.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<Wire.TensorEncoding> EncodeAsync(
        TensorDigest weights, ModelManifest layout, string task, RoundInput input, CancellationToken cancellationToken)
    {
        var left = new RoundFiles(Path.Combine(residuals, task), Suffix);
        var last = await RoundFiles.WholeAsync(HasFeedback ? left.Before(input.Round) : null, cancellationToken);
        return await Task.Run(() => Encode(weights, layout, task, input, left, last), cancellationToken);
    }

    private bool HasFeedback => options.DeltaUpdates && options.Compression.NeedsErrorFeedback;

    private Wire.TensorEncoding Encode(
        TensorDigest weights, ModelManifest layout, string task, RoundInput input, RoundFiles left, string? last)
    {
        TensorDigest? basis = options.DeltaUpdates ? input.StartedFrom : null;
        var seed = EncodingSeed.Of($"{input.Round}", task, options.Collaborator);
        var encoder = new TensorEncoder(layout, new(options.Compression, seed, layout.Hash, basis));
        using var values = new PlacedFile(store.PathOf(weights));
        using var model = basis is null ? null : new PlacedFile(store.PathOf(basis.Value));
        using var before = last is null ? null : new PlacedFile(last);
        using var residual = HasFeedback ? new DigestedFile(left.ScratchOf(input.Round)) : null;
        using var encoded = new DigestedFile(store.ScratchPath);
        var feedback = residual is null ? null : new ErrorFeedback(before is null ? null : before.Read, residual.Append);
        encoder.Write(values.Read, model is null ? null : model.Read, encoded.Append, feedback);

        if (residual is not null)
        {
            left.Adopt(input.Round, residual.Close());
        }

        var length = encoded.Length;
        var digest = encoded.Close();
        store.Adopt(digest);
        return new() { Digest = digest.ToString(), ByteLength = length, Basis = basis?.ToString() ?? "" };
    }
}
