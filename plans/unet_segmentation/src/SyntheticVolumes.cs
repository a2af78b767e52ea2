namespace UnetSegmentation;

/// <summary>
/// Volumes without a patient: a head with a tumour, both ellipsoids, under noise. Class 1 is the tumour's rim, class 2 its core. Sites differ in how many
/// volumes they have, and in their scanner's gain, offset and noise.
/// </summary>
public static class SyntheticVolumes
{
    private static readonly int[] VolumesOfSite = [14, 9, 6, 4, 8];

    /// <summary>How many sites there are.</summary>
    public static int Sites => VolumesOfSite.Length;

    /// <summary>All volumes of a site; the same number and seed give the same everywhere.</summary>
    /// <param name="site">From 1 to <see cref="Sites"/>.</param>
    /// <param name="size">About how long each axis is; volumes have from three quarters to five quarters of it.</param>
    /// <param name="seed">What everything random is drawn from.</param>
    public static IReadOnlyList<Volume> OfSite(int site, int size, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(site, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(site, Sites);
        var random = new Random((seed * 1000) + site);
        var scanner = (Gain: 1 + random.NextDouble(), Offset: 10 * random.NextDouble(), Noise: 0.15 + (0.2 * random.NextDouble()));
        return [.. Enumerable.Range(0, VolumesOfSite[site - 1]).Select(_ => Make(random, size, scanner))];
    }

    private static Volume Make(Random random, int size, (double Gain, double Offset, double Noise) scanner)
    {
        int Axis() => random.Next(size * 3 / 4, (size * 5 / 4) + 1);
        var (depth, height, width) = (Axis(), Axis(), Axis());
        var head = Ellipsoid.In(random, (depth, height, width), 0.42, 0.48, wander: 0.02);
        var rim = Ellipsoid.In(random, (depth, height, width), 0.16, 0.28, wander: 0.12);
        var core = rim with { Radii = (rim.Radii.Z * 0.6, rim.Radii.Y * 0.6, rim.Radii.X * 0.6) };
        var (image, labels) = (new float[depth * height * width], new byte[depth * height * width]);
        for (var i = 0; i < image.Length; i++)
        {
            var (z, y, x) = (i / (height * width), i / width % height, i % width);
            labels[i] = (byte)(core.Holds(z, y, x) ? 2 : rim.Holds(z, y, x) ? 1 : 0);
            var tissue = labels[i] switch { 2 => 0.5, 1 => 1.8, _ => head.Holds(z, y, x) ? 1.0 : 0.0 };
            image[i] = (float)((scanner.Gain * (tissue + (scanner.Noise * Normal(random)))) + scanner.Offset);
        }

        return new(depth, height, width, image, labels);
    }

    // Box and Muller 1958.
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private sealed record Ellipsoid((double Z, double Y, double X) Centre, (double Z, double Y, double X) Radii)
    {
        // Radii and the way from the middle are parts of the axes.
        public static Ellipsoid In(Random random, (int Z, int Y, int X) axes, double least, double most, double wander)
        {
            double Radius(int axis) => axis * (least + ((most - least) * random.NextDouble()));
            double Middle(int axis) => (axis / 2.0) + (axis * wander * ((2 * random.NextDouble()) - 1));
            return new((Middle(axes.Z), Middle(axes.Y), Middle(axes.X)), (Radius(axes.Z), Radius(axes.Y), Radius(axes.X)));
        }

        public bool Holds(int z, int y, int x) =>
            Math.Pow((z - Centre.Z) / Radii.Z, 2) + Math.Pow((y - Centre.Y) / Radii.Y, 2) + Math.Pow((x - Centre.X) / Radii.X, 2) <= 1;
    }
}
