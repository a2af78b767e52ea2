using Actors.Contracts.Models;
using Actors.Contracts.Tensors;
using Actors.Learning;

namespace Actors.Experiments.Composition;

/// <summary>A runner's model as the bytes of a model file, read tensor by tensor.</summary>
internal sealed class RunnerBytes(TaskRunner runner) : ITensorBytes
{
    private int _held = -1;
    private byte[] _tensor = [];

    /// <inheritdoc/>
    public ModelManifest Manifest => runner.Model;

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            var index = Manifest.IndexAt(offset);
            Hold(index);
            var within = (int)(offset - Manifest.OffsetOf(index));
            var count = Math.Min(destination.Length, _tensor.Length - within);
            _tensor.AsSpan(within, count).CopyTo(destination);
            offset += count;
            destination = destination[count..];
        }
    }

    // One tensor with its padding is held: a file is written in order.
    private void Hold(int index)
    {
        if (index == _held)
        {
            return;
        }

        _tensor = new byte[Manifest.EndOf(index) - Manifest.OffsetOf(index)];
        runner.ReadModelTensor(index, _tensor.AsSpan(0, (int)Manifest.Tensors[index].ByteLength));
        _held = index;
    }
}
