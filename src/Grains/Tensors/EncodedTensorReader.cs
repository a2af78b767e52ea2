using Actors.Contracts.Compression;
using Actors.Contracts.Tensors;

namespace Actors.Grains.Tensors;

/// <summary>Reads tensors that the store holds in encoded form; it decodes what is asked for.</summary>
internal sealed class EncodedTensorReader : ITensorReader
{
    private readonly ITensorReader _encoded;
    private readonly ITensorReader? _basis;
    private readonly EncodedTensors _tensors;

    /// <summary>Opens encoded tensors; the readers are this object's from now on.</summary>
    /// <param name="manifest">The layout when decoded.</param>
    /// <param name="encoded">The encoded bytes.</param>
    /// <param name="basis">The model they are a change of; null when they are values.</param>
    /// <exception cref="FormatException">The bytes are no encoded tensors of this layout.</exception>
    public EncodedTensorReader(ModelManifest manifest, ITensorReader encoded, ITensorReader? basis)
    {
        (_encoded, _basis) = (encoded, basis);
        try
        {
            _tensors = new(manifest, encoded.Read, encoded.Length, basis is null ? null : basis.Read);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What the tensors say of themselves.</summary>
    public EncodedHeader Header => _tensors.Header;

    public long Length => _tensors.Manifest.ByteLength;

    public void Read(long offset, Span<byte> destination) => _tensors.Read(offset, destination);

    public void Dispose()
    {
        _encoded.Dispose();
        _basis?.Dispose();
    }
}
