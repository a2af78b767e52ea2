using FsCheck.Xunit;

namespace Actors.Contracts.Compression.Tests;

/// <summary>Each way to write values, against hand-computed cases and its stated error.</summary>
public class ValueCodecTests
{
    [Fact]
    public void Ternary_IsTheSignTimesTheMeanMagnitudeOfTheKept()
    {
        var codec = new ChunkCodec(new() { Fraction = 0.5, Values = ValueFormat.Ternary }, 0);
        Assert.Equal([3.5f, 0, 0, -3.5f], codec.RoundTrip([3, 1, -2, -4]));
    }

    [Fact]
    public void Stc_DoesNotShrinkByTheSparsity()
    {
        float[] values = [.. Enumerable.Repeat(1f, 100), .. new float[900]];
        Assert.Equal(values, new ChunkCodec(new() { Fraction = 0.1, Values = ValueFormat.Ternary }, 0).RoundTrip(values));
    }

    [Fact]
    public void TopK_KeepsTheLargestExactly_AndOfEqualOnesTheFirst()
    {
        var codec = new ChunkCodec(new() { Fraction = 0.5 }, 0);
        Assert.Equal([-5, 0, 2, 0, 2, 0], codec.RoundTrip([-5, 1, 2, 0, 2, -2]));
    }

    [Property]
    public bool TopK_LeavesNoMoreThanItsShareOfTheSquares(short[] any, byte share)
    {
        float[] values = [.. any.Select(value => value / 1000f)];
        var fraction = (share + 1) / 257.0;
        var read = new ChunkCodec(new() { Fraction = fraction }, 0).RoundTrip(values);
        var left = Numbers.SquaredNorm(values.Zip(read, (value, other) => value - other));
        return left <= ((1 - fraction) * Numbers.SquaredNorm(values)) + 1e-6;
    }

    [Fact]
    public void KMeans_FindsTheClustersThatAreThere()
    {
        var codec = new ChunkCodec(new() { Values = ValueFormat.KMeans, Clusters = 2 }, 0);
        var read = codec.RoundTrip([1, 2, 3, 10, 11, 12, 2, 11]);
        Assert.Equal([2, 2, 2, 11, 11, 11, 2, 11], read);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(256)]
    public void KMeans_OfFewDistinctValues_IsLossless(int clusters)
    {
        var random = new Random(1);
        float[] values = [.. Enumerable.Range(0, 1000).Select(_ => (float)random.Next(clusters) - 1)];
        Assert.Equal(values, new ChunkCodec(new() { Values = ValueFormat.KMeans, Clusters = clusters }, 0).RoundTrip(values));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(100)]
    public void KMeans_KeepsTheSum_AndItsErrorIsBelowTheVariance(int clusters)
    {
        var values = Numbers.Normal(5000);
        var read = new ChunkCodec(new() { Values = ValueFormat.KMeans, Clusters = clusters }, 0).RoundTrip(values);
        Assert.Equal(values.Sum(value => (double)value), read.Sum(value => (double)value), 1e-4);
        Assert.InRange(Numbers.RelativeSquaredError(values, read), 0, 1.5 / clusters / Math.Sqrt(clusters));
    }

    [Theory]
    [InlineData(ValueFormat.Int8, 127)]
    [InlineData(ValueFormat.Int4, 7)]
    public void Quantized_IsWithinAStepOfItsBucket(ValueFormat format, int levels)
    {
        float[] values = [.. Numbers.Normal(QuantizedValues.BucketElements), .. Numbers.Normal(300, seed: 2, deviation: 10)];
        var read = new ChunkCodec(new() { Values = format }, 9).RoundTrip(values);
        foreach (var bucket in values.Zip(read).Chunk(QuantizedValues.BucketElements))
        {
            var step = bucket.Max(pair => Math.Abs(pair.First)) / levels * 1.00001;
            Assert.All(bucket, pair => Assert.InRange(pair.Second - pair.First, -step, step));
        }
    }

    [Fact]
    public void Float16_RoundsToNearest_AndWhatIsTooLargeTravelsAsItIs()
    {
        var codec = new ChunkCodec(new() { Values = ValueFormat.Float16 }, 0);
        Assert.Equal([1f, 65504, 1], codec.RoundTrip([1.0001f, 65504, 1 + (1f / 2048)]));
        Assert.Equal([1.0001f, 65520], codec.RoundTrip([1.0001f, 65520]));
    }

    [Fact]
    public void BFloat16_RoundsToNearestEven_AndWhatIsTooLargeTravelsAsItIs()
    {
        var codec = new ChunkCodec(new() { Values = ValueFormat.BFloat16 }, 0);
        Assert.Equal([1f, 1.015625f, -3], codec.RoundTrip([1 + (1f / 256), 1 + (3f / 256), -3]));
        Assert.Equal([1.0001f, float.MaxValue], codec.RoundTrip([1.0001f, float.MaxValue]));
    }

    [Property]
    public bool Float16_HasItsRelativeError(short any)
    {
        var value = any / 1000f;
        var error = Math.Abs(new ChunkCodec(new() { Values = ValueFormat.Float16 }, 0).RoundTrip([value])[0] - value);
        return error <= Math.Max(Math.Abs(value) / 2048, 3e-8);
    }

    [Fact]
    public void Rotation_KeepsTheLength_AndRotatesBack()
    {
        var values = Numbers.Normal(1024);
        var rotated = values.ToArray();
        Hadamard.Rotate(rotated, new(4, 2));
        Assert.Equal(Numbers.SquaredNorm(values), Numbers.SquaredNorm(rotated), 1e-6);
        Assert.True(Numbers.RelativeSquaredError(values, rotated) > 1);
        Hadamard.RotateBack(rotated, new(4, 2));
        Assert.InRange(Numbers.RelativeSquaredError(values, rotated), 0, 1e-12);
    }

    [Fact]
    public void Positions_TakeTheBitsOfGolombCode()
    {
        var random = new Random(8);
        int[] positions = [.. Enumerable.Range(0, 8192).Where(_ => random.NextDouble() < 0.01)];
        var bytes = new byte[Positions.MaximumBytes(8192)];
        var written = Positions.Write(positions, bytes);
        Assert.InRange(written * 8.0 / positions.Length, 7, 8.6);

        var read = new int[8192];
        Assert.Equal(positions.Length, Positions.Read(bytes.AsSpan(0, written), read, out var took));
        Assert.Equal(written, took);
        Assert.Equal(positions, read[..positions.Length]);
    }

    [Property]
    public bool Positions_OfAnyKind_AreReadBack(byte[] gaps)
    {
        var next = -1;
        int[] positions = [.. gaps.Take(200).Select(gap => next += gap + 1)];
        var bytes = new byte[Positions.MaximumBytes(next + 1)];
        var written = Positions.Write(positions, bytes);
        var read = new int[next + 1];
        return Positions.Read(bytes.AsSpan(0, written), read, out var took) == positions.Length
            && took == written
            && read.AsSpan(0, positions.Length).SequenceEqual(positions);
    }

    [Fact]
    public void LloydMax_EveryCentroidIsTheMeanOfWhatIsNearestToIt()
    {
        for (var bits = 1; bits <= 8; bits++)
        {
            var centroids = LloydMax.PositiveCentroids(bits);
            Assert.Equal(1 << (bits - 1), centroids.Length);
            for (var i = 0; i < centroids.Length; i++)
            {
                var from = i == 0 ? 0 : ((double)centroids[i - 1] + centroids[i]) / 2;
                var to = i + 1 == centroids.Length ? 9 : ((double)centroids[i] + centroids[i + 1]) / 2;
                Assert.Equal(MeanOfNormal(from, to), centroids[i], 2e-6);
            }
        }
    }

    // By the midpoint rule.
    private static double MeanOfNormal(double from, double to)
    {
        const int Steps = 20_000;
        var (mass, moment) = (0.0, 0.0);
        for (var i = 0; i < Steps; i++)
        {
            var at = from + ((i + 0.5) * (to - from) / Steps);
            var density = Math.Exp(-at * at / 2);
            (mass, moment) = (mass + density, moment + (density * at));
        }

        return moment / mass;
    }
}
