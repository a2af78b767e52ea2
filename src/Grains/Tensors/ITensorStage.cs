using System.Buffers;

using Actors.Contracts.Tensors;

namespace Actors.Grains.Tensors;

/// <summary>Bytes on their way into the store. Used by one thread at a time.</summary>
public interface ITensorStage : IDisposable
{
    /// <summary>How many bytes are written.</summary>
    long Length { get; }

    /// <summary>Writes the next bytes.</summary>
    /// <exception cref="TensorStoreException">The disk refuses; what was written before stays.</exception>
    void Append(ReadOnlySpan<byte> bytes);

    /// <summary>Writes the next bytes, which lie in several pieces.</summary>
    /// <exception cref="TensorStoreException">The disk refuses; what was written before stays.</exception>
    void Append(in ReadOnlySequence<byte> bytes)
    {
        foreach (var piece in bytes)
        {
            Append(piece.Span);
        }
    }

    /// <summary>The digest of what is written so far.</summary>
    TensorDigest Digest();

    /// <summary>Makes the bytes readable under their digest and ends the stage. Whole bytes that are there already stay.</summary>
    /// <exception cref="TensorStoreException">The disk refuses; the stage stays.</exception>
    TensorDigest Commit();

    /// <summary>Drops what was written and ends the stage.</summary>
    void Abandon();
}
