namespace UnetSegmentation;

/// <summary>An image and what it shows.</summary>
/// <param name="Depth">The length of the first axis, which varies slowest.</param>
/// <param name="Height">The length of the second axis.</param>
/// <param name="Width">The length of the third axis.</param>
/// <param name="Image">Intensities, row-major, shape <c>[depth, height, width]</c>.</param>
/// <param name="Labels">The class of each voxel, from 0 for background; same shape.</param>
public sealed record Volume(int Depth, int Height, int Width, float[] Image, byte[] Labels)
{
    /// <summary>The same with intensities of mean 0 and standard deviation 1, as scanners differ in both.</summary>
    public Volume Standardised()
    {
        var mean = Image.Average(value => (double)value);
        var deviation = Math.Sqrt(Image.Average(value => Math.Pow(value - mean, 2)));
        return this with { Image = Array.ConvertAll(Image, value => (float)(deviation > 0 ? (value - mean) / deviation : 0)) };
    }

    /// <summary>Copies out a cube; what of it lies outside the volume is background of intensity 0.</summary>
    /// <param name="corner">Its first voxel; may lie outside.</param>
    /// <param name="edge">Its length along each axis.</param>
    /// <param name="image">Takes edge³ intensities.</param>
    /// <param name="labels">Takes edge³ classes.</param>
    public void CopyCube((int Z, int Y, int X) corner, int edge, Span<float> image, Span<long> labels)
    {
        image.Clear();
        labels.Clear();
        for (var z = Math.Max(0, -corner.Z); z < Math.Min(edge, Depth - corner.Z); z++)
        {
            for (var y = Math.Max(0, -corner.Y); y < Math.Min(edge, Height - corner.Y); y++)
            {
                for (var x = Math.Max(0, -corner.X); x < Math.Min(edge, Width - corner.X); x++)
                {
                    var from = ((((corner.Z + z) * Height) + corner.Y + y) * Width) + corner.X + x;
                    var to = (((z * edge) + y) * edge) + x;
                    (image[to], labels[to]) = (Image[from], Labels[from]);
                }
            }
        }
    }
}
