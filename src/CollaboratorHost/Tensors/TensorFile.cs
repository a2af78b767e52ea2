using System.Buffers;

using Actors.Contracts.Tensors;

using Microsoft.Win32.SafeHandles;

namespace Actors.CollaboratorHost.Tensors;

/// <summary>Moves tensor bytes between a file and a task runner, tensor by tensor: memory holds the largest tensor, never all.</summary>
internal static class TensorFile
{
    /// <summary>Gives each tensor of the file to <paramref name="write"/>, in order.</summary>
    /// <returns>The digest of the file's bytes. Compare it: the runner has taken them by then.</returns>
    /// <exception cref="EndOfStreamException">The file is shorter than the layout.</exception>
    public static async Task<TensorDigest> LoadAsync(
        string path, ModelManifest layout, Action<int, ReadOnlySpan<byte>> write, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(path, options: FileOptions.Asynchronous | FileOptions.SequentialScan);
        var digester = new TensorDigester();
        var buffer = ArrayPool<byte>.Shared.Rent(LongestSlot(layout));
        try
        {
            for (var i = 0; i < layout.Tensors.Length; i++)
            {
                var slot = buffer.AsMemory(0, SlotLength(layout, i));
                await ReadExactlyAsync(file, slot, layout.OffsetOf(i), cancellationToken);
                digester.Append(slot.Span);
                write(i, slot.Span[..(int)layout.Tensors[i].ByteLength]);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return digester.Current();
    }

    /// <summary>Makes the file from what <paramref name="read"/> fills in for each tensor, in order, and flushes it to disk.</summary>
    /// <returns>The digest of the file's bytes.</returns>
    public static async Task<TensorDigest> SaveAsync(
        string path, ModelManifest layout, Action<int, Span<byte>> read, CancellationToken cancellationToken)
    {
        using var file = File.OpenHandle(
            path, FileMode.Create, FileAccess.Write, options: FileOptions.Asynchronous, preallocationSize: layout.ByteLength);
        var digester = new TensorDigester();
        var buffer = ArrayPool<byte>.Shared.Rent(LongestSlot(layout));
        try
        {
            for (var i = 0; i < layout.Tensors.Length; i++)
            {
                var slot = buffer.AsMemory(0, SlotLength(layout, i));
                var length = (int)layout.Tensors[i].ByteLength;
                read(i, slot.Span[..length]);
                slot.Span[length..].Clear();
                digester.Append(slot.Span);
                await RandomAccess.WriteAsync(file, slot, layout.OffsetOf(i), cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        RandomAccess.FlushToDisk(file);
        return digester.Current();
    }

    /// <summary>The digest of a file's bytes.</summary>
    public static Task<TensorDigest> DigestAsync(string path, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            // Whoever still writes the file is the caller itself.
            using var file = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete, options: FileOptions.SequentialScan);
            var digester = new TensorDigester();
            digester.Append(file);
            return digester.Current();
        },
        cancellationToken);

    /// <summary>Fills the memory from an offset of a file.</summary>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public static void ReadExactly(SafeFileHandle file, Span<byte> memory, long offset)
    {
        for (var done = 0; done < memory.Length;)
        {
            var count = RandomAccess.Read(file, memory[done..], offset + done);
            done += count > 0
                ? count
                : throw new EndOfStreamException(
                    $"A tensor file ends at byte {offset + done}; {memory.Length - done} bytes are missing.");
        }
    }

    /// <summary>Fills the memory from an offset of a file.</summary>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public static async Task ReadExactlyAsync(SafeFileHandle file, Memory<byte> memory, long offset, CancellationToken cancellationToken)
    {
        for (var done = 0; done < memory.Length;)
        {
            var count = await RandomAccess.ReadAsync(file, memory[done..], offset + done, cancellationToken);
            done += count > 0
                ? count
                : throw new EndOfStreamException(
                    $"A tensor file ends at byte {offset + done}; {memory.Length - done} bytes are missing.");
        }
    }

    private static int LongestSlot(ModelManifest layout) => Enumerable.Range(0, layout.Tensors.Length).Max(i => SlotLength(layout, i));

    // A tensor and the padding behind it.
    private static int SlotLength(ModelManifest layout, int tensor)
    {
        var length = layout.EndOf(tensor) - layout.OffsetOf(tensor);
        return length <= Array.MaxLength
            ? (int)length
            : throw new NotSupportedException(
                $"Tensor '{layout.Tensors[tensor].Name}' has {length} bytes, "
                + $"more than the {Array.MaxLength} a runner can take at once; split the layer.");
    }
}
