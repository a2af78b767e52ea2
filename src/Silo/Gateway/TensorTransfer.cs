using System.IO.Pipelines;

using Actors.Contracts.Faults;
using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Rounds;
using Actors.Grains.Tensors;

using Grpc.Core;

using Wire = Actors.Contracts.Wire;

namespace Actors.Silo.Gateway;

/// <summary>Tensor bytes between the wire and the store, chunk by chunk: memory does not grow with the model.</summary>
internal sealed class TensorTransfer(IGrainFactory grains, ITensorStore store)
{
    /// <summary>The most bytes of one chunk, both ways.</summary>
    public const int ChunkBytes = 60 << 10;

    // What is read from the store, and flushed, at a time.
    private const int PieceBytes = 64 << 10;

    // A chunk's fields and a header's names.
    private const int LargestHeader = 64 << 10;

    // An optimizer's state may be several times the model (Adam: twice); no collaborator may fill the disk with more.
    private const int LargestUploadInModels = 8;
    private const long SmallestUploadLimit = 16L << 20;

    /// <summary>Sends a published run of bytes from an offset, read from the store straight into the response's buffers.</summary>
    public async Task SendAsync(
        ExperimentId experiment, TensorDigest digest, long offset, PipeWriter response, CancellationToken cancellationToken)
    {
        using var reader = store.TryOpen(TensorScope.Models(experiment), digest)
            ?? throw new RpcException(new(StatusCode.NotFound, $"The tensors {digest} are not published (any more). Ask for tasks again."));
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        while (offset < reader.Length)
        {
            var end = Math.Min(offset + ChunkBytes, reader.Length);
            response.Advance(WriteHead(response.GetSpan(GrpcFrame.PrefixBytes + ChunkEncoding.LongestHead), offset, (int)(end - offset)));
            while (offset < end)
            {
                var piece = response.GetSpan((int)Math.Min(PieceBytes, end - offset));
                piece = piece[..(int)Math.Min(Math.Min(PieceBytes, piece.Length), end - offset)];
                reader.Read(offset, piece);
                response.Advance(piece.Length);
                offset += piece.Length;
                if ((await response.FlushAsync(cancellationToken)).IsCompleted)
                {
                    return; // Nobody reads any more.
                }
            }
        }
    }

    /// <summary>Stages the chunks of an upload and stores them once they are whole and have the digest that was announced.</summary>
    public async Task<Wire.PushTensorsReply> ReceiveAsync(
        CollaboratorName collaborator,
        Func<Wire.PushHeader, ValueTask<ExperimentId>> experimentOf,
        PipeReader request,
        CancellationToken cancellationToken)
    {
        var upload = new UploadReader(request, ChunkBytes + LargestHeader);
        var header = await upload.ReadHeaderAsync(cancellationToken) ?? throw Invalid("An upload starts with a header. Send it first.");
        var round = new RoundId(await experimentOf(header), header.Round);
        var digest = TensorDigest.Parse(header.Digest);
        var scope = await CheckAsync(collaborator, round, header, cancellationToken);
        if (store.Contains(scope, digest))
        {
            return new() { StoredBytes = header.ByteLength, Complete = true };
        }

        using var stage = store.OpenStage(scope, collaborator.Value, digest);
        await upload.ReadChunksAsync(new StagedChunks(stage, header.ByteLength), header.ByteLength - stage.Length, cancellationToken);
        return stage.Length < header.ByteLength
            ? new() { StoredBytes = stage.Length }
            : Finish(stage, digest);
    }

    private static int WriteHead(Span<byte> destination, long offset, int dataBytes)
    {
        var head = ChunkEncoding.WriteChunkHead(destination[GrpcFrame.PrefixBytes..], offset, dataBytes);
        GrpcFrame.Write(destination, head + dataBytes);
        return GrpcFrame.PrefixBytes + head;
    }

    private static Wire.PushTensorsReply Finish(ITensorStage stage, TensorDigest announced)
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
        return new() { StoredBytes = length, Complete = true };
    }

    // Where the update belongs, if it is taken.
    private async Task<TensorScope> CheckAsync(CollaboratorName collaborator, RoundId round, Wire.PushHeader header, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var current = await grains.GetExperiment(round.Experiment).GetCurrentAsync();
        var standing = current.IsAsynchronous
            ? await grains.GetContributor(new ContributorId(round.Experiment, collaborator)).StandingAsync(round.Number, header.Task)
            : await grains.GetRound(round).StandingAsync(collaborator, header.Task);
        if ((!current.IsAsynchronous && round.Number != current.Round) || standing != TaskStanding.Open)
        {
            throw new RpcException(new(
                StatusCode.Aborted, $"Round {round.Number} takes no update of task '{header.Task}' from {collaborator}: {standing}. Report the result or ask for tasks."));
        }

        var model = current.Bundles.Find(BundleKinds.Model)?.ByteLength ?? 0;
        var limit = Math.Max(SmallestUploadLimit, model * LargestUploadInModels);
        if (header.ByteLength <= 0 || header.ByteLength > limit)
        {
            throw Invalid($"An upload of {header.ByteLength} bytes is not taken; the model has {model} bytes and the limit is {limit}.");
        }

        return current.UpdatesOf(collaborator, round);
    }

    private static RpcException Invalid(string message) => new(new(StatusCode.InvalidArgument, message));
}
