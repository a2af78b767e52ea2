using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Actors.Contracts.Compression.Tests;

public class ChunkCodecTests
{
    [Theory]
    [MemberData(nameof(Pipelines.Names), MemberType = typeof(Pipelines))]
    public void AnyLength_IsReadFinite_AndNeverLongerThanTheElements(string pipeline)
    {
        var codec = new ChunkCodec(Pipelines.Of(pipeline), 7);
        foreach (var count in (int[])[0, 1, 2, 3, 7, 63, 64, 65, 100, 511, 512, 513, 1000, 4095, 8192, 65535])
        {
            var values = Numbers.Normal(count, count);
            var encoded = codec.Encode(values);
            var read = codec.Decode(encoded, count);
            Assert.True(encoded.Length <= (count * sizeof(float)) + ChunkCodec.MaximumOverhead);
            Assert.All(read, value => Assert.True(float.IsFinite(value)));
        }
    }

    [Theory]
    [MemberData(nameof(Pipelines.Names), MemberType = typeof(Pipelines))]
    public void FiniteNumbers_OfAnySize_AreReadFinite(string pipeline)
    {
        var codec = new ChunkCodec(Pipelines.Of(pipeline), 11);
        Prop.ForAll<float[]>(any =>
        {
            float[] values = [.. any.Where(float.IsFinite), float.MaxValue, -float.Epsilon, 0, -0f];
            return Array.TrueForAll(codec.RoundTrip(values), float.IsFinite);
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [MemberData(nameof(Pipelines.Names), MemberType = typeof(Pipelines))]
    public void Zeros_AreReadAsZeros(string pipeline) =>
        Assert.All(new ChunkCodec(Pipelines.Of(pipeline), 3).RoundTrip(new float[1000]), value => Assert.Equal(0f, value));

    [Theory]
    [MemberData(nameof(Pipelines.Names), MemberType = typeof(Pipelines))]
    public void NotANumber_IsFoundWhereItWas(string pipeline)
    {
        var values = Numbers.Normal(1000);
        (values[17], values[400]) = (float.NaN, float.PositiveInfinity);
        Assert.True(Numbers.AreSame(values, new ChunkCodec(Pipelines.Of(pipeline), 3).RoundTrip(values)));
    }

    [Theory]
    [MemberData(nameof(Pipelines.Names), MemberType = typeof(Pipelines))]
    public void SameSeed_GivesTheSameBytes(string pipeline)
    {
        var values = Numbers.Normal(5000);
        Assert.Equal(new ChunkCodec(Pipelines.Of(pipeline), 3).Encode(values, 5), new ChunkCodec(Pipelines.Of(pipeline), 3).Encode(values, 5));
    }

    [Theory]
    [InlineData("int8")]
    [InlineData("int4")]
    [InlineData("eden4")]
    public void AnotherSeed_OrChunk_DrawsOtherNumbers(string pipeline)
    {
        var (values, codec) = (Numbers.Normal(5000), new ChunkCodec(Pipelines.Of(pipeline), 3));
        Assert.NotEqual(codec.Encode(values, 5), codec.Encode(values, 6));
        Assert.NotEqual(codec.Encode(values, 5), new ChunkCodec(Pipelines.Of(pipeline), 4).Encode(values, 5));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("zstd")]
    public void Lossless_IsReadBitForBit(string pipeline)
    {
        var values = Numbers.Normal(5000);
        Assert.True(Numbers.AreSame(values, new ChunkCodec(Pipelines.Of(pipeline), 3).RoundTrip(values)));
    }

    [Theory]
    [InlineData("none", 4.0, 0)]
    [InlineData("zstd", 3.75, 0)]
    [InlineData("float16", 2.01, 1e-7)]
    [InlineData("bfloat16", 2.01, 1e-5)]
    [InlineData("int8", 1.01, 1.5e-4)]
    [InlineData("int4", 0.51, 0.05)]
    [InlineData("eden8", 1.01, 6e-5)]
    [InlineData("eden4", 0.51, 0.0105)]
    [InlineData("eden1", 0.13, 0.6)]
    [InlineData("kc", 0.38, 0.09)]
    [InlineData("skc", 0.105, 0.6)]
    [InlineData("stc", 0.0125, 0.93)]
    [InlineData("top_k", 0.47, 0.57)]
    public void NormalNumbers_TakeAsManyBytesAndHaveTheErrorThatTheTableSays(string pipeline, double bytesPerElement, double relativeSquaredError)
    {
        var (values, codec) = (Numbers.Normal(8192), new ChunkCodec(Pipelines.Of(pipeline), 3));
        var encoded = codec.Encode(values);
        Assert.InRange(encoded.Length, 0, (bytesPerElement * values.Length) + 1);
        Assert.InRange(Numbers.RelativeSquaredError(values, codec.Decode(encoded, values.Length)), 0, relativeSquaredError);
    }

    [Theory]
    [MemberData(nameof(Pipelines.Names), MemberType = typeof(Pipelines))]
    public void DamagedBytes_AreReadOrRefused_AndNothingElse(string pipeline)
    {
        var codec = new ChunkCodec(Pipelines.Of(pipeline), 3);
        var encoded = codec.Encode(Numbers.Normal(600));
        var random = new Random(5);
        for (var attempt = 0; attempt < 2000; attempt++)
        {
            var damaged = encoded[..random.Next(encoded.Length + 1)];
            for (var i = 0; i < damaged.Length && i < attempt % 4; i++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            var problem = Record.Exception(() => codec.Decode(damaged, 600));
            Assert.True(problem is null or FormatException, problem?.ToString());
        }
    }

    [Property]
    public bool OtherTensors_TravelBitForBit(byte[] bytes)
    {
        var codec = new ChunkCodec(Pipelines.Of("zstd"), 3);
        var encoded = new byte[bytes.Length + ChunkCodec.MaximumOverhead];
        var length = codec.EncodeBytes(bytes, encoded);
        var read = new byte[bytes.Length];
        ChunkCodec.DecodeBytes(encoded.AsSpan(0, length), read);
        return read.AsSpan().SequenceEqual(bytes);
    }

    [Theory]
    [InlineData(0.0, ValueFormat.Float32, 6, 8, 0, "fraction of 0")]
    [InlineData(double.NaN, ValueFormat.Float32, 6, 8, 0, "fraction of NaN")]
    [InlineData(1.0, ValueFormat.KMeans, 1, 8, 0, "1 clusters")]
    [InlineData(1.0, ValueFormat.Eden, 6, 9, 0, "9 bits")]
    [InlineData(1.0, ValueFormat.Float32, 6, 8, 23, "level 23")]
    [InlineData(1.0, (ValueFormat)99, 6, 8, 0, "format 99")]
    public void SettingOutOfRange_IsRefusedByName(double fraction, ValueFormat values, int clusters, int bits, int level, string named)
    {
        var pipeline = new CompressionPipeline { Fraction = fraction, Values = values, Clusters = clusters, Bits = bits, ZstdLevel = level };
        Assert.Contains(named, Assert.Throws<ArgumentException>(() => new ChunkCodec(pipeline, 0)).Message, StringComparison.Ordinal);
    }
}
