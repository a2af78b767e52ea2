namespace Actors.Contracts.Compression.Tests;

/// <summary>Pipelines to try, by name.</summary>
internal static class Pipelines
{
    private static readonly Dictionary<string, CompressionPipeline> Named = new()
    {
        ["none"] = CompressionPipeline.None,
        ["zstd"] = new() { ZstdLevel = 3 },
        ["float16"] = new() { Values = ValueFormat.Float16 },
        ["bfloat16"] = new() { Values = ValueFormat.BFloat16 },
        ["int8"] = new() { Values = ValueFormat.Int8 },
        ["int4"] = new() { Values = ValueFormat.Int4 },
        ["eden8"] = new() { Values = ValueFormat.Eden, Bits = 8 },
        ["eden4"] = new() { Values = ValueFormat.Eden, Bits = 4 },
        ["eden1"] = new() { Values = ValueFormat.Eden, Bits = 1 },
        ["kc"] = new() { Values = ValueFormat.KMeans, ZstdLevel = 3 },
        ["skc"] = new() { Fraction = 0.1, Values = ValueFormat.KMeans, ZstdLevel = 3 },
        ["stc"] = new() { Fraction = 0.01, Values = ValueFormat.Ternary },
        ["top_k"] = new() { Fraction = 0.1 },
        ["top_k of int8 with zstd"] = new() { Fraction = 0.1, Values = ValueFormat.Int8, ZstdLevel = 3 },
        ["top_k of eden2"] = new() { Fraction = 0.3, Values = ValueFormat.Eden, Bits = 2 },
        ["sign"] = new() { Values = ValueFormat.Ternary },
    };

    public static TheoryData<string> Names => [.. Named.Keys];

    public static CompressionPipeline Of(string name) => Named[name];

    public static byte[] Encode(this ChunkCodec codec, float[] values, long chunk = 0)
    {
        var bytes = new byte[(values.Length * sizeof(float)) + ChunkCodec.MaximumOverhead];
        return bytes[..codec.Encode(chunk, values, bytes)];
    }

    public static float[] Decode(this ChunkCodec codec, byte[] encoded, int count, long chunk = 0)
    {
        var values = new float[count];
        codec.Decode(chunk, encoded, values);
        return values;
    }

    public static float[] RoundTrip(this ChunkCodec codec, float[] values, long chunk = 0) =>
        codec.Decode(codec.Encode(values, chunk), values.Length, chunk);
}
