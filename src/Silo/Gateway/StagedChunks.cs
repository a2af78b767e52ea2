using System.Buffers;

using Actors.Contracts.Faults;
using Actors.Grains.Tensors;

using Grpc.Core;

namespace Actors.Silo.Gateway;

/// <summary>Puts the chunks of an upload into its stage, each where the one before it ended.</summary>
/// <param name="stage">The stage; the caller's.</param>
/// <param name="byteLength">How many bytes were announced.</param>
internal sealed class StagedChunks(ITensorStage stage, long byteLength) : IChunkSink
{
    /// <inheritdoc/>
    public void Begin(ulong offset, long dataBytes)
    {
        if (offset != (ulong)stage.Length)
        {
            throw Invalid($"A chunk starts at byte {offset}, but {stage.Length} bytes are stored. Report the result to learn where to go on.");
        }

        if (dataBytes > byteLength - stage.Length)
        {
            throw Invalid($"The upload goes beyond the {byteLength} bytes that its header announced. Send what was announced.");
        }
    }

    /// <inheritdoc/>
    public void Take(in ReadOnlySequence<byte> data) => stage.Append(data);

    /// <inheritdoc/>
    public void End() => FaultPoints.Reach(FaultPoint.ChunkStored);

    private static RpcException Invalid(string message) => new(new(StatusCode.InvalidArgument, message));
}
