using Actors.Contracts.Tensors;

using Microsoft.Win32.SafeHandles;

namespace Actors.Contracts.Models;

/// <summary>A model's bytes in a file of exactly these bytes, as a tensor store keeps them.</summary>
public sealed class FileTensorBytes : ITensorBytes, IDisposable
{
    private readonly SafeFileHandle _file;

    /// <summary>Opens a file; it may be read by others meanwhile.</summary>
    /// <exception cref="ModelFileException">The file's length is not the manifest's.</exception>
    public FileTensorBytes(string path, ModelManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        Manifest = manifest;
        _file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(_file);
        if (length != manifest.ByteLength)
        {
            _file.Dispose();
            throw new ModelFileException(
                path, null, $"the file has {length} bytes, its manifest says {manifest.ByteLength}", "copy the file again");
        }
    }

    /// <inheritdoc/>
    public ModelManifest Manifest { get; }

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination)
    {
        TensorRange.Require(Manifest, offset, destination.Length);
        TensorRange.ReadExactly(_file, offset, destination);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
