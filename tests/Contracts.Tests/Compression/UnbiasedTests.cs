namespace Actors.Contracts.Compression.Tests;

/// <summary>The mean of many encodings with different seeds comes to the values where the paper says so.</summary>
public class UnbiasedTests
{
    private const int Encodings = 2000;

    // Six standard errors in each coordinate: a false alarm in 1 of 10^6 runs, were the numbers not the same in every run.
    private const double Deviations = 6;

    [Theory]
    [InlineData("int8")]
    [InlineData("int4")]
    [InlineData("eden1")]
    [InlineData("eden4")]
    [InlineData("eden8")]
    public void MeanOfManyEncodings_IsTheValues(string pipeline)
    {
        float[] values = [.. Numbers.Normal(200, seed: 3), 0.05f, -0.06f, 0, 0.001f];
        var (sums, squares) = (new double[values.Length], new double[values.Length]);
        for (var seed = 0; seed < Encodings; seed++)
        {
            var read = new ChunkCodec(Pipelines.Of(pipeline), (ulong)seed).RoundTrip(values);
            for (var i = 0; i < values.Length; i++)
            {
                sums[i] += read[i];
                squares[i] += (double)read[i] * read[i];
            }
        }

        for (var i = 0; i < values.Length; i++)
        {
            var mean = sums[i] / Encodings;
            var standardError = Math.Sqrt(Math.Max(0, (squares[i] / Encodings) - (mean * mean)) / Encodings);
            Assert.InRange(mean - values[i], (-Deviations * standardError) - 1e-8, (Deviations * standardError) + 1e-8);
        }
    }

    [Theory]
    [InlineData(1, 0.571)]
    [InlineData(2, 0.133)]
    [InlineData(3, 0.0358)]
    [InlineData(4, 0.0096)]
    public void Eden_HasTheErrorOfThePaper_ForDenseAndForSparseVectors(int bits, double published)
    {
        var sparse = new float[4096];
        Numbers.Normal(40, seed: 5).CopyTo(sparse, 1000);
        foreach (var values in (float[][])[Numbers.Normal(4096), sparse])
        {
            var pipeline = new CompressionPipeline { Values = ValueFormat.Eden, Bits = bits };
            var errors = Enumerable.Range(0, 20)
                .Select(seed => Numbers.RelativeSquaredError(values, new ChunkCodec(pipeline, (ulong)seed).RoundTrip(values)));
            Assert.InRange(errors.Average(), published * 0.95, published * 1.05);
        }
    }
}
