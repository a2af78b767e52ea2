using System.Runtime.InteropServices;

using Actors.CollaboratorHost.Work;
using Actors.Contracts.Metrics;
using Actors.Contracts.Tensors;
using Actors.Learning;

namespace Actors.Silo.Running.Tests;

/// <summary>
/// The two tasks of the test plan on a model of a size of one's choice. Training adds a number that only the collaborator's name
/// and the round decide, so that the same federation ends with the same bytes.
/// </summary>
internal sealed class CountingRunner(int parameters) : TaskRunner, ITaskInvoker
{
    private readonly float[] _values = new float[parameters];

    public static ModelManifest LayoutOf(int parameters) => new([new TensorSpec("values", ElementType.Float32, new TensorShape(parameters))]);

    public override ModelManifest Model { get; } = LayoutOf(parameters);

    public TaskRunner Runner => this;

    public IReadOnlyList<string> Tasks => ["validate", "train"];

    public TaskKind KindOf(string task) => task == "train" ? TaskKind.Train : TaskKind.ValidateGlobal;

    public IReadOnlyList<string> MetricsOf(string task) => [];

    public Task<TaskResult> InvokeAsync(string task, TaskContext context)
    {
        if (task == "train")
        {
            var number = context.Collaborator.Sum(letter => letter) + (1000 * context.Round);
            for (var i = 0; i < _values.Length; i++)
            {
                _values[i] += ((number + i) % 4093) / 4093f;
            }
        }

        return Task.FromResult(new TaskResult(10 + context.Collaborator.Length, [new Metric("accuracy", 0.5)]));
    }

    public override void ReadModelTensor(int index, Span<byte> destination) => MemoryMarshal.AsBytes(_values.AsSpan()).CopyTo(destination);

    public override void WriteModelTensor(int index, ReadOnlySpan<byte> source) => source.CopyTo(MemoryMarshal.AsBytes(_values.AsSpan()));
}
