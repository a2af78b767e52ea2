using Actors.Contracts.Tensors;

namespace Actors.Learning.Tests;

/// <summary>What tests say of a round.</summary>
internal static class Rounds
{
    /// <summary>A context that asks for all metrics.</summary>
    public static TaskContext Context(string collaborator = "one", int round = 0, params string[] metrics) =>
        new(collaborator, round, "train", metrics, new Ignored(), CancellationToken.None);

    /// <summary>The settings of a plan.</summary>
    public static Dictionary<string, object?> Given(params (string Name, object? Value)[] settings) =>
        settings.ToDictionary(setting => setting.Name, setting => setting.Value);

    /// <summary>The model's bytes, with the manifest's padding.</summary>
    public static byte[] ReadModel(this TaskRunner runner)
    {
        var bytes = new byte[runner.Model.ByteLength];
        for (var i = 0; i < runner.Model.Tensors.Length; i++)
        {
            runner.ReadModelTensor(i, Part(bytes, runner.Model, i));
        }

        return bytes;
    }

    /// <summary>Replaces the model's bytes.</summary>
    public static void WriteModel(this TaskRunner runner, byte[] bytes)
    {
        for (var i = 0; i < runner.Model.Tensors.Length; i++)
        {
            runner.WriteModelTensor(i, Part(bytes, runner.Model, i));
        }
    }

    /// <summary>The bytes of one tensor in a model's.</summary>
    public static Span<byte> Part(byte[] bytes, ModelManifest manifest, int tensor) =>
        bytes.AsSpan((int)manifest.OffsetOf(tensor), (int)manifest.Tensors[tensor].ByteLength);

    private sealed class Ignored : IProgress<double>
    {
        public void Report(double value) => Assert.InRange(value, 0, 1);
    }
}
