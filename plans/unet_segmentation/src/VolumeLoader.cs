using System.Globalization;

using Actors.Learning.Torch;

namespace UnetSegmentation;

/// <summary>
/// A site's volumes, of whatever sizes. To train on, cubes are cut out of them: inputs <c>[batch, 1, edge, edge, edge]</c>, float32, standardised by
/// volume; targets <c>[batch, edge, edge, edge]</c>, int64. Every fourth volume is kept whole for validation.
/// </summary>
public sealed class VolumeLoader : TorchDataLoader
{
    private const int Fold = 4;

    /// <summary>Reads or makes the volumes.</summary>
    /// <param name="dataPath">A folder, see <see cref="VolumeFolder"/>; or a number from 1, a site of <see cref="SyntheticVolumes"/>.</param>
    /// <param name="classes">How many classes there are, background included; at least 2.</param>
    /// <param name="edge">A cube's length along each axis; a multiple of 4, since the network halves it twice.</param>
    /// <param name="cubes">How many cubes are cut from each volume; every second is about a voxel that is not background.</param>
    /// <param name="size">About how long the axes of made-up volumes are.</param>
    /// <param name="dataSeed">What cubes and made-up volumes are drawn from.</param>
    public VolumeLoader(string dataPath, int classes = 3, int edge = 16, int cubes = 8, int size = 32, int dataSeed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(cubes, 1);
        if (edge < 4 || edge % 4 != 0)
        {
            throw new ArgumentException($"data_loader.settings.edge: {edge} is no multiple of 4; write 16 or 32.");
        }

        (Classes, Edge) = (classes, edge);
        Volume[] volumes = [.. Find(dataPath, classes, size, dataSeed).Select(volume => volume.Standardised())];
        Validations = [.. volumes.Where((_, place) => place % Fold == Fold - 1)];
        Train = Cut([.. volumes.Where((_, place) => place % Fold != Fold - 1)], cubes, new Random(dataSeed));
    }

    /// <summary>How many classes there are, background included.</summary>
    public int Classes { get; }

    /// <summary>A cube's length along each axis.</summary>
    public int Edge { get; }

    /// <summary>The whole volumes to validate on, standardised.</summary>
    public IReadOnlyList<Volume> Validations { get; }

    /// <inheritdoc/>
    public override long ValidationSampleCount => Validations.Count;

    private static IReadOnlyList<Volume> Find(string dataPath, int classes, int size, int seed)
    {
        if (!int.TryParse(dataPath, NumberStyles.None, CultureInfo.InvariantCulture, out var site))
        {
            return VolumeFolder.Read(dataPath, classes);
        }

        return site >= 1 && site <= SyntheticVolumes.Sites
            ? SyntheticVolumes.OfSite(site, size, seed)
            : throw new ArgumentException($"The data path '{dataPath}' is no site: write a number from 1 to {SyntheticVolumes.Sites} or a folder in plan/data.yaml.", nameof(dataPath));
    }

    private Samples Cut(Volume[] volumes, int cubes, Random random)
    {
        var length = Edge * Edge * Edge;
        var count = volumes.Length * cubes;
        var (images, labels) = (new float[count * length], new long[count * length]);
        for (var cube = 0; cube < count; cube++)
        {
            var volume = volumes[cube / cubes];
            int[] shown = cube % 2 == 0 ? [.. volume.Labels.Index().Where(voxel => voxel.Item > 0).Select(voxel => voxel.Index)] : [];
            var about = shown.Length > 0 ? shown[random.Next(shown.Length)] : random.Next(volume.Labels.Length);
            var (z, y, x) = (about / (volume.Height * volume.Width), about / volume.Width % volume.Height, about % volume.Width);
            volume.CopyCube(
                (z - (Edge / 2), y - (Edge / 2), x - (Edge / 2)), Edge, images.AsSpan(cube * length, length), labels.AsSpan(cube * length, length));
        }

        return new(
            SpanTensors.From<float>(images, count, 1, Edge, Edge, Edge),
            SpanTensors.From<long>(labels, count, Edge, Edge, Edge));
    }
}
