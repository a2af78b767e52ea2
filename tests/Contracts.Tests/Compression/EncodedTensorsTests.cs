using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;

namespace Actors.Contracts.Compression.Tests;

public class EncodedTensorsTests
{
    private static readonly ModelManifest Layout = new(
    [
        new("weight", ElementType.Float32, new(100, 201)),
        new("bias", ElementType.Float32, new(3)),
        new("empty", ElementType.Float32, new(0)),
        new("count", ElementType.Int64, new()),
        new("wide", ElementType.Float64, new(9000)),
        new("last", ElementType.Float32, new(5)),
    ]);

    private static readonly byte[] Basis = Model(1);
    private static readonly byte[] Trained = Moved(Basis, Model(2));

    [Theory]
    [MemberData(nameof(Pipelines.Names), MemberType = typeof(Pipelines))]
    public void ReadInAnyPieces_IsTheSame(string pipeline)
    {
        var tensors = Open(Encode(Pipelines.Of(pipeline), Basis));
        var whole = ReadAll(tensors);
        var random = new Random(3);
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var from = random.Next(whole.Length + 1);
            var piece = new byte[random.Next(Math.Min(40_000, whole.Length - from) + 1)];
            tensors.Read(from, piece);
            Assert.True(piece.AsSpan().SequenceEqual(whole.AsSpan(from, piece.Length)));
        }
    }

    [Fact]
    public void ReadByManyThreads_IsTheSame()
    {
        var tensors = Open(Encode(Pipelines.Of("eden4"), Basis));
        var whole = ReadAll(tensors);
        Parallel.For(0, 400, i =>
        {
            var from = i * 97 % (whole.Length - 500);
            var piece = new byte[500];
            tensors.Read(from, piece);
            Assert.True(piece.AsSpan().SequenceEqual(whole.AsSpan(from, piece.Length)));
        });
    }

    [Theory]
    [MemberData(nameof(Pipelines.Names), MemberType = typeof(Pipelines))]
    public void OtherTensors_AreBitForBit_AndPaddingIsZero(string pipeline)
    {
        var read = ReadAll(Open(Encode(Pipelines.Of(pipeline), Basis)));
        foreach (var tensor in (int[])[3, 4])
        {
            var range = (int)Layout.OffsetOf(tensor)..((int)Layout.OffsetOf(tensor) + (int)Layout.Tensors[tensor].ByteLength);
            Assert.Equal(Trained[range], read[range]);
        }

        var afterBias = (int)Layout.OffsetOf(1) + 12;
        Assert.Equal(new byte[4], read[afterBias..(afterBias + 4)]);
    }

    [Fact]
    public void WithoutBasis_LosslessIsTheModelBitForBit() => Assert.Equal(Trained, ReadAll(Open(Encode(Pipelines.Of("zstd"), null), null)));

    [Fact]
    public void WithBasis_LosslessIsTheModelUpToRounding()
    {
        var read = Floats(ReadAll(Open(Encode(Pipelines.Of("zstd"), Basis))));
        Assert.All(read.Zip(Floats(Trained)), pair => Assert.Equal(pair.Second, pair.First, 1e-6));
    }

    [Fact]
    public void Changes_AreQuantisedFinerThanValues()
    {
        var asChange = Floats(ReadAll(Open(Encode(Pipelines.Of("int8"), Basis))));
        var asValue = Floats(ReadAll(Open(Encode(Pipelines.Of("int8"), null), null)));
        var trained = Floats(Trained);
        Assert.True(Numbers.RelativeSquaredError(trained, asChange) < Numbers.RelativeSquaredError(trained, asValue) / 1000);
    }

    [Theory]
    [MemberData(nameof(Pipelines.Names), MemberType = typeof(Pipelines))]
    public void TheSameAgain_GivesTheSameBytes(string pipeline) =>
        Assert.Equal(Encode(Pipelines.Of(pipeline), Basis), Encode(Pipelines.Of(pipeline), Basis));

    [Theory]
    [InlineData("top_k")]
    [InlineData("stc")]
    [InlineData("skc")]
    [InlineData("kc")]
    public void ErrorFeedback_SendsEverythingInTheEnd(string pipeline)
    {
        // The same change in every round: what is read in total must come to the change times the rounds.
        const int Rounds = 200;
        var change = Floats(Trained).Zip(Floats(Basis), (trained, basis) => trained - basis).ToArray();
        var total = new double[change.Length];
        byte[]? left = null;
        for (var round = 0; round < Rounds; round++)
        {
            var kept = new MemoryStream();
            var last = left;
            var encoded = Encode(Pipelines.Of(pipeline), Basis, new(last is null ? null : At(last), kept.Write));
            left = kept.ToArray();
            Assert.Equal(Layout.ByteLength, left.Length);
            foreach (var (i, value) in Floats(ReadAll(Open(encoded))).Zip(Floats(Basis), (read, basis) => read - basis).Index())
            {
                total[i] += value;
            }
        }

        var mean = total.Select(value => (float)(value / Rounds)).ToArray();
        Assert.InRange(Numbers.RelativeSquaredError(change, mean), 0, pipeline == "stc" ? 0.15 : 0.01);
    }

    [Fact]
    public void ErrorFeedback_DoesNotKeepWhatIsNotANumber()
    {
        var bad = Trained.ToArray();
        MemoryMarshal.Cast<byte, float>(bad.AsSpan())[5] = float.NaN;
        var kept = new MemoryStream();
        var encoded = Encode(Pipelines.Of("top_k"), Basis, new(null, kept.Write), bad);
        Assert.True(float.IsNaN(Floats(ReadAll(Open(encoded)))[5]));
        Assert.All(Floats(kept.ToArray()), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void DamagedBytes_AreReadOrRefused_AndNothingElse()
    {
        var encoded = Encode(Pipelines.Of("top_k of int8 with zstd"), Basis);
        var random = new Random(5);
        for (var attempt = 0; attempt < 500; attempt++)
        {
            var damaged = encoded[..(attempt % 3 == 0 ? random.Next(encoded.Length + 1) : encoded.Length)];
            for (var i = 0; i < attempt % 5 && damaged.Length > 0; i++)
            {
                damaged[i % 2 == 0 ? random.Next(damaged.Length) : random.Next(Math.Min(32, damaged.Length))] = (byte)random.Next(256);
            }

            var problem = Record.Exception(() => ReadAll(Open(damaged)));
            Assert.True(problem is null or FormatException, problem?.ToString());
        }
    }

    [Fact]
    public void AnotherLayout_IsRefusedWithBothHashes()
    {
        var other = new ModelManifest([new("weight", ElementType.Float32, new(1))]);
        var encoded = Encode(Pipelines.Of("int8"), Basis);
        var problem = Assert.Throws<FormatException>(() => new EncodedTensors(other, At(encoded), encoded.Length, At(Basis))).Message;
        Assert.Contains(Layout.Hash.ToString(), problem, StringComparison.Ordinal);
        Assert.Contains(other.Hash.ToString(), problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Header_IsReadAsItWasWritten()
    {
        var pipeline = new CompressionPipeline { Fraction = 0.25, Values = ValueFormat.KMeans, Clusters = 256, Bits = 3, ZstdLevel = 9 };
        var header = new EncodedHeader(pipeline, 0xFEDC_BA98_7654_3210, Layout.Hash, TensorDigester.Of(Basis));
        var bytes = new byte[EncodedHeader.ByteLength];
        header.Write(bytes);
        Assert.Equal(header, EncodedHeader.Read(bytes));
    }

    private static byte[] Encode(CompressionPipeline pipeline, byte[]? basis, ErrorFeedback? feedback = null, byte[]? values = null)
    {
        var encoder = new TensorEncoder(Layout, new(pipeline, 42, Layout.Hash, basis is null ? null : TensorDigester.Of(basis)));
        var bytes = new MemoryStream();
        encoder.Write(At(values ?? Trained), basis is null ? null : At(basis), bytes.Write, feedback);
        return bytes.ToArray();
    }

    private static EncodedTensors Open(byte[] encoded) => Open(encoded, Basis);

    private static EncodedTensors Open(byte[] encoded, byte[]? basis) =>
        new(Layout, At(encoded), encoded.Length, basis is null ? null : At(basis));

    private static ReadAt At(byte[] bytes) => (offset, destination) => bytes.AsSpan((int)offset, destination.Length).CopyTo(destination);

    private static byte[] ReadAll(EncodedTensors tensors)
    {
        var bytes = new byte[Layout.ByteLength];
        tensors.Read(0, bytes);
        return bytes;
    }

    // The first run, padding left out.
    private static float[] Floats(byte[] bytes) => MemoryMarshal.Cast<byte, float>(bytes.AsSpan(0, ((100 * 201) + 3) * sizeof(float))).ToArray();

    private static byte[] Model(int seed)
    {
        var bytes = new byte[Layout.ByteLength];
        for (var tensor = 0; tensor < Layout.Tensors.Length; tensor++)
        {
            var values = bytes.AsSpan((int)Layout.OffsetOf(tensor), (int)Layout.Tensors[tensor].ByteLength);
            if (Layout.Tensors[tensor].Type is ElementType.Float32)
            {
                Numbers.Normal((int)Layout.Tensors[tensor].Shape.ElementCount, seed, 1).CopyTo(MemoryMarshal.Cast<byte, float>(values));
            }
            else
            {
                new Random(seed).NextBytes(values);
            }
        }

        return bytes;
    }

    // A basis after training: a little of another model added.
    private static byte[] Moved(byte[] basis, byte[] towards)
    {
        var moved = towards.ToArray();
        foreach (var run in ElementRun.Of(Layout).Where(run => run.Type is ElementType.Float32))
        {
            var range = (int)run.Offset..((int)run.Offset + (int)(run.Elements * sizeof(float)));
            var to = MemoryMarshal.Cast<byte, float>(moved.AsSpan(range));
            var from = MemoryMarshal.Cast<byte, float>(basis.AsSpan(range));
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = from[i] + (0.001f * to[i]);
            }
        }

        return moved;
    }
}
