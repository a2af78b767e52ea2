using System.IO.Pipelines;

using Actors.Contracts.Faults;
using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Rounds;
using Actors.Grains.Tensors;

using Grpc.Core;

namespace Actors.Silo.Gateway;

/// <summary>Tensor bytes between the wire and the store, piece by piece: memory does not grow with the model.</summary>
internal sealed class TensorTransfer(IGrainFactory grains, ITensorStore store)
{
    // What is read from the store, and flushed, at a time.
    private const int SentBytes = 64 << 10;

    // What is written to the store at a time: a system call costs as much as copying tens of kilobytes.
    private const int TakenBytes = 512 << 10;

    // An optimizer's state may be several times the model (Adam: twice); no collaborator may fill the disk with more.
    private const int LargestUploadInModels = 8;
    private const long SmallestUploadLimit = 16L << 20;

    /// <summary>A published run of bytes.</summary>
    /// <exception cref="RpcException">The store does not hold it.</exception>
    public ITensorReader Open(ExperimentId experiment, TensorDigest digest) => store.TryOpen(TensorScope.Models(experiment), digest)
        ?? throw new RpcException(new(StatusCode.NotFound, $"The tensors {digest} are not published (any more). Ask for tasks again."));

    /// <summary>Sends bytes from an offset to the end, read from the store straight into the response's buffers.</summary>
    public static async Task SendAsync(ITensorReader reader, long offset, PipeWriter response, CancellationToken cancellationToken)
    {
        while (offset < reader.Length)
        {
            var piece = response.GetSpan((int)Math.Min(SentBytes, reader.Length - offset));
            piece = piece[..(int)Math.Min(piece.Length, reader.Length - offset)];
            reader.Read(offset, piece);
            response.Advance(piece.Length);
            offset += piece.Length;
            if ((await response.FlushAsync(cancellationToken)).IsCompleted)
            {
                return; // Nobody reads any more.
            }
        }
    }

    /// <summary>Stages the bytes of an upload and stores them once they are whole and have the digest that was announced.</summary>
    /// <param name="upload">What is uploaded, and by whom.</param>
    /// <param name="body">The bytes. They are not read when the upload is refused.</param>
    /// <param name="cancellationToken">Ends the upload; what has come stays.</param>
    /// <returns>How many of the first bytes are stored now.</returns>
    /// <exception cref="RpcException">The upload is not taken.</exception>
    public async Task<long> ReceiveAsync(ArrivingUpload upload, PipeReader body, CancellationToken cancellationToken)
    {
        var scope = await CheckAsync(upload, cancellationToken);
        if (store.Contains(scope, upload.Digest))
        {
            return upload.ByteLength;
        }

        using var stage = store.OpenStage(scope, upload.Collaborator.Value, upload.Digest, upload.ByteLength);
        if (upload.From != stage.Length)
        {
            throw Invalid($"The bytes start at {upload.From}, but {stage.Length} bytes are stored. Report the result to learn where to go on.");
        }

        while (stage.Length < upload.Until)
        {
            var arrived = await body.ReadAtLeastAsync((int)Math.Min(TakenBytes, upload.Until - stage.Length), cancellationToken);
            stage.Append(arrived.Buffer);
            body.AdvanceTo(arrived.Buffer.End);
            FaultPoints.Reach(FaultPoint.ChunkStored);
            if (arrived.IsCompleted)
            {
                break;
            }
        }

        return stage.Length < upload.ByteLength ? stage.Length : Finish(stage, upload.Digest);
    }

    private static long Finish(ITensorStage stage, TensorDigest announced)
    {
        if (stage.Digest() is var digest && digest != announced)
        {
            stage.Abandon();
            throw new RpcException(new(
                StatusCode.DataLoss, $"The uploaded bytes have the digest {digest}, not {announced} as announced. Push them again from the start."));
        }

        var length = stage.Length;
        stage.Commit();
        FaultPoints.Reach(FaultPoint.UploadStored);
        return length;
    }

    // Where the update belongs, if it is taken.
    private async Task<TensorScope> CheckAsync(ArrivingUpload upload, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (collaborator, round, task) = (upload.Collaborator, upload.Round, upload.Task);
        var current = await grains.GetExperiment(round.Experiment).GetCurrentAsync();
        var standing = current.IsAsynchronous
            ? await grains.GetContributor(new ContributorId(round.Experiment, collaborator)).StandingAsync(round.Number, task)
            : await grains.GetRound(round).StandingAsync(collaborator, task);
        if ((!current.IsAsynchronous && round.Number != current.Round) || standing != TaskStanding.Open)
        {
            throw new RpcException(new(
                StatusCode.Aborted, $"Round {round.Number} takes no update of task '{task}' from {collaborator}: {standing}. Report the result or ask for tasks."));
        }

        var model = current.Bundles.Find(BundleKinds.Model)?.ByteLength ?? 0;
        var limit = Math.Max(SmallestUploadLimit, model * LargestUploadInModels);
        if (upload.ByteLength <= 0 || upload.ByteLength > limit)
        {
            throw Invalid($"An upload of {upload.ByteLength} bytes is not taken; the model has {model} bytes and the limit is {limit}.");
        }

        return current.UpdatesOf(collaborator, round);
    }

    private static RpcException Invalid(string message) => new(new(StatusCode.InvalidArgument, message));
}
