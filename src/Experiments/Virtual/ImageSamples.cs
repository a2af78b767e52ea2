using System.Numerics;
using System.Runtime.CompilerServices;

using Actors.Contracts.Compression;

namespace Actors.Experiments.Virtual;

/// <summary>Grey images with a class each, in memory once for all virtual collaborators: one byte a pixel.</summary>
public sealed class ImageSamples
{
    private readonly byte[] _pixels;
    private readonly byte[] _classes;

    /// <summary>Takes images.</summary>
    /// <param name="pixels">Their bytes, image after image, each row-major.</param>
    /// <param name="classes">The class of each, from 0.</param>
    /// <param name="height">The height of each.</param>
    /// <param name="width">The width of each.</param>
    /// <exception cref="ArgumentException">There is no image, or not as many classes as images.</exception>
    public ImageSamples(byte[] pixels, byte[] classes, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        ArgumentNullException.ThrowIfNull(classes);
        if (classes.Length == 0 || pixels.Length != (long)classes.Length * height * width)
        {
            throw new ArgumentException(
                $"{pixels.Length} pixels are not {classes.Length} images of {height}×{width}. Give {height}·{width} bytes for each class.", nameof(pixels));
        }

        (_pixels, _classes, Height, Width) = (pixels, classes, height, width);
        ClassCount = classes.Max() + 1;
    }

    /// <summary>The number of images.</summary>
    public int Count => _classes.Length;

    /// <summary>The height of each.</summary>
    public int Height { get; }

    /// <summary>The width of each.</summary>
    public int Width { get; }

    /// <summary>The number of classes: the highest, and one.</summary>
    public int ClassCount { get; }

    /// <summary>Fills in the pixels of an image, row-major, from 0 to 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // Most of a short simulation would otherwise run before it is compiled well.
    public void Fill(int image, Span<float> pixels)
    {
        const float Unit = 1 / 255f;
        var bytes = _pixels.AsSpan(image * pixels.Length, pixels.Length);
        var i = 0;
        for (; i <= pixels.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(new Vector<byte>(bytes[i..]), out var lower, out var upper);
            Scale(lower, pixels[i..]);
            Scale(upper, pixels[(i + Vector<ushort>.Count)..]);
        }

        for (; i < pixels.Length; i++)
        {
            pixels[i] = bytes[i] * Unit;
        }

        static void Scale(Vector<ushort> numbers, Span<float> target)
        {
            Vector.Widen(numbers, out var lower, out var upper);
            (Vector.ConvertToSingle(Vector.AsVectorInt32(lower)) * Unit).CopyTo(target);
            (Vector.ConvertToSingle(Vector.AsVectorInt32(upper)) * Unit).CopyTo(target[Vector<float>.Count..]);
        }
    }

    /// <summary>The class of an image.</summary>
    public int ClassOf(int image) => _classes[image];

    /// <summary>The class of every image.</summary>
    public long[] Classes() => [.. _classes.Select(each => (long)each)];

    /// <summary>Reads a pair of IDX files, as MNIST and its kin come in.</summary>
    /// <param name="images">The file of the images, <c>[count, height, width]</c>; compressed when its name ends in .gz.</param>
    /// <param name="labels">That of the classes, <c>[count]</c>.</param>
    /// <exception cref="InvalidDataException">One is no such file, or they do not belong together.</exception>
    public static ImageSamples Read(string images, string labels)
    {
        var (axes, pixels) = IdxFile.Read(images);
        var (counts, classes) = IdxFile.Read(labels);
        return axes.Count == 3 && counts.Count == 1 && axes[0] == counts[0]
            ? new(pixels, classes, axes[1], axes[2])
            : throw new InvalidDataException(
                $"{images} has [{string.Join(", ", axes)}] bytes and {labels} [{string.Join(", ", counts)}]: they are not images and their classes.");
    }

    /// <summary>
    /// Draws images of ten classes, 28×28: each class has a pattern of its own, and each image is its class's under noise, moved by up to
    /// two pixels. For trying a simulation out where there is no data.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">What the noise is drawn from; the patterns are always the same.</param>
    public static ImageSamples Synthetic(int count, long seed)
    {
        const int Side = 28;
        const int Classes = 10;
        var patterns = Enumerable.Range(0, Classes).Select(Pattern).ToArray();
        var pixels = new byte[count * Side * Side];
        var classes = new byte[count];
        for (var image = 0; image < count; image++)
        {
            var random = new SeededRandom(unchecked((ulong)seed), (ulong)image);
            var label = (int)(random.Next() % Classes);
            classes[image] = (byte)label;
            var (down, right) = ((int)(random.Next() % 5) - 2, (int)(random.Next() % 5) - 2);
            for (var row = 0; row < Side; row++)
            {
                for (var column = 0; column < Side; column++)
                {
                    var (y, x) = (row + down, column + right);
                    var ink = y is >= 0 and < Side && x is >= 0 and < Side ? patterns[label][(y * Side) + x] : 0;
                    pixels[(((image * Side) + row) * Side) + column] = (byte)Math.Clamp(80 + ink + (400 * (random.NextUnit() - 0.5)), 0, 255);
                }
            }
        }

        return new(pixels, classes, Side, Side);

        // Three bars from edge to edge, drawn for the class.
        static double[] Pattern(int label)
        {
            var random = new SeededRandom(2026, (ulong)label);
            var pattern = new double[Side * Side];
            for (var bar = 0; bar < 3; bar++)
            {
                var (x, y) = (random.NextUnit() * Side, random.NextUnit() * Side);
                var (sine, cosine) = Math.SinCos(random.NextUnit() * Math.PI);
                for (var pixel = 0; pixel < pattern.Length; pixel++)
                {
                    var distance = (((pixel % Side) - x) * sine) - (((pixel / Side) - y) * cosine);
                    pattern[pixel] = Math.Max(pattern[pixel], 80 * Math.Exp(-distance * distance / 3));
                }
            }

            return pattern;
        }
    }
}
