using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

using Actors.Contracts.Metrics;
using Actors.Contracts.Tensors;
using Actors.Learning;

namespace Synthetic;

/// <summary>
/// A model of any size that costs next to nothing to train, for measuring and testing a federation: the update is the global
/// model plus numbers that only the collaborator's name, the round and the tensor's index decide. The same model, name and
/// round give the same
/// bytes in every process and on every machine.
/// </summary>
public sealed class SyntheticRunner : TaskRunner
{
    // One vector of 16 numbers is added to all of a tensor, run by run: the update's cost is that of reading and writing memory.
    private const int Lanes = 16;

    private readonly SyntheticLoader _data;
    private readonly TimeSpan _trainTime;
    private readonly float[][] _values;

    /// <summary>Makes the initial model.</summary>
    /// <param name="data">Says how many samples to claim.</param>
    /// <param name="tensors">The number of tensors, at least 1.</param>
    /// <param name="parameters">
    /// The number of float32 numbers in all of them, at least one a tensor; the first tensors get the rest.
    /// </param>
    /// <param name="trainSeconds">How long a training task pretends to work.</param>
    public SyntheticRunner(SyntheticLoader data, int tensors = 6, long parameters = 2500, TimeSpan trainSeconds = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(tensors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(parameters, tensors);
        (_data, _trainTime) = (data, trainSeconds);
        _values = [.. Enumerable.Range(0, tensors).Select(tensor => new float[(parameters / tensors) + (tensor < parameters % tensors ? 1 : 0)])];
        Model = new(_values.Select((values, tensor) => new TensorSpec($"tensor_{tensor}", ElementType.Float32, new(values.Length))));
        Shift("initial", 0);
    }

    /// <inheritdoc/>
    public override ModelManifest Model { get; }

    /// <summary>Makes the update. Knows the metric <c>loss</c>.</summary>
    [TrainTask]
    public async Task<TaskResult> TrainTaskAsync(TaskContext context)
    {
        if (_trainTime > TimeSpan.Zero)
        {
            await Task.Delay(_trainTime, context.CancellationToken);
        }

        Shift(context.Collaborator, context.Round);
        context.Progress.Report(1);
        return TaskResult.For(context, _data.TrainSampleCount, new Metric("loss", 1.0 / (context.Round + 1)));
    }

    /// <summary>Measures nothing. Knows the metric <c>accuracy</c>, which grows with the rounds towards 1.</summary>
    [ValidateTask]
    public TaskResult ValidateTask(TaskContext context) =>
        TaskResult.For(context, _data.ValidationSampleCount, new Metric("accuracy", 1 - (1.0 / (context.Round + 2))));

    /// <inheritdoc/>
    public override void ReadModelTensor(int index, Span<byte> destination) =>
        MemoryMarshal.AsBytes(_values[index].AsSpan()).CopyTo(destination);

    /// <inheritdoc/>
    public override void WriteModelTensor(int index, ReadOnlySpan<byte> source) =>
        source.CopyTo(MemoryMarshal.AsBytes(_values[index].AsSpan()));

    private void Shift(string name, int round)
    {
        Span<float> numbers = stackalloc float[Lanes];
        for (var tensor = 0; tensor < _values.Length; tensor++)
        {
            for (var lane = 0; lane < Lanes; lane++)
            {
                numbers[lane] = Number($"{name}/{round}/{tensor}/{lane}");
            }

            Add(Vector512.Create<float>(numbers), numbers, _values[tensor]);
        }
    }

    private static void Add(Vector512<float> vector, ReadOnlySpan<float> numbers, Span<float> values)
    {
        var whole = values.Length - (values.Length % Lanes);
        foreach (ref var lanes in MemoryMarshal.Cast<float, Vector512<float>>(values[..whole]))
        {
            lanes += vector;
        }

        for (var i = whole; i < values.Length; i++)
        {
            values[i] += numbers[i - whole];
        }
    }

    // From -1/2 to 1/2, in steps of 2^-24: a float32 holds each exactly.
    private static float Number(string what) =>
        ((uint)(TensorDigester.Of(Encoding.UTF8.GetBytes(what)).Value >> 104) * (1f / (1 << 24))) - 0.5f;
}
