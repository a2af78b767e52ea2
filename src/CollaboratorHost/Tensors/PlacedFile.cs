using Microsoft.Win32.SafeHandles;

namespace Actors.CollaboratorHost.Tensors;

/// <summary>A file that is read at any place.</summary>
internal sealed class PlacedFile(string path) : IDisposable
{
    private readonly SafeFileHandle _file = File.OpenHandle(path);

    /// <summary>The number of its bytes.</summary>
    public long Length => RandomAccess.GetLength(_file);

    /// <summary>Fills the destination from an offset.</summary>
    /// <exception cref="EndOfStreamException">The file ends before.</exception>
    public void Read(long offset, Span<byte> destination) => TensorFile.ReadExactly(_file, destination, offset);

    public void Dispose() => _file.Dispose();
}
