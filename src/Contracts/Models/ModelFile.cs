using Actors.Contracts.OpenFl;
using Actors.Contracts.Tensors;

using Microsoft.Win32.SafeHandles;

namespace Actors.Contracts.Models;

/// <summary>
/// A model file (<c>.pbuf</c>) in the original's layout: one serialized <c>ModelProto</c>. The original reads what this writes;
/// this reads what the original writes without a compression pipeline. Values of types other than float32 are kept exactly
/// beside their float32 rounding, in fields that the original skips.
/// </summary>
/// <remarks>
/// Reading and writing take a bounded buffer, whatever the model's size. The original itself reads at most 2 GiB a file.
/// </remarks>
public sealed class ModelFile : IModelFile
{
    private readonly SafeFileHandle _file;
    private readonly ScatteredTensors _tensors;

    private ModelFile(SafeFileHandle file, ModelFileContents contents)
    {
        _file = file;
        (Manifest, Round) = (contents.Manifest, contents.Round);
        _tensors = new(file, contents.Manifest, contents.Positions);
    }

    /// <inheritdoc/>
    public ModelManifest Manifest { get; }

    /// <inheritdoc/>
    public int Round { get; }

    /// <summary>Opens a file and checks all of it but the values; the caller disposes it.</summary>
    /// <exception cref="ModelFileException">
    /// The file is truncated, is no model file, is compressed, or has lengths, shapes, names or rounds that do not agree.
    /// </exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static ModelFile Read(string path)
    {
        var file = File.OpenHandle(path);
        try
        {
            return new(file, new ModelFileReader(path, file).Read());
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file whether or not it went through a plan's pipeline; the caller disposes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="pipeline">The plan's pipeline.</param>
    /// <exception cref="ModelFileException">As for <see cref="Read(string)"/>, or the file is packed and the plan has no pipeline.</exception>
    /// <exception cref="IOException">The file is not there or cannot be read.</exception>
    public static IModelFile Read(string path, ITensorPipeline pipeline)
    {
        try
        {
            return Read(path);
        }
        catch (ModelFileException problem) when (problem.InnerException is CompressedTensorException && pipeline is not NoCompression)
        {
            return PackedModelFile.Read(path, pipeline);
        }
    }

    /// <summary>Writes a file. The name leads to the old file until the new one is complete on the disk.</summary>
    /// <param name="path">Where; the folder is made when missing.</param>
    /// <param name="source">The model.</param>
    /// <param name="round">The round the model is of, from 0.</param>
    /// <exception cref="ModelFileException">A tensor has an axis longer than the layout can say, 2,147,483,647.</exception>
    public static void Write(string path, ITensorBytes source, int round)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNegative(round);
        var writer = new ModelFileWriter(path, source, round);
        AtomicFile.Write(path, writer.Write);
    }

    /// <inheritdoc/>
    public void Read(long offset, Span<byte> destination) => _tensors.Read(offset, destination);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
