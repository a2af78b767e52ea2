using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;
using Actors.Learning;

namespace Actors.CollaboratorHost.Tests;

/// <summary>A model of plain numbers: a vector of bytes whose length needs padding, and a float that training counts up.</summary>
public sealed class FakeRunner(int weights = 13) : TaskRunner
{
    private readonly byte[] _bytes = new byte[weights];
    private readonly byte[] _counter = new byte[sizeof(float)];
    private readonly byte[] _momentum = new byte[sizeof(float)];
    private ModelManifest? _control;

    public override ModelManifest Model { get; } = LayoutOf(weights);

    public int OptimizerResets { get; private set; }

    public bool HasOptimizerState { get; set; }

    /// <summary>What training counts up by one.</summary>
    public float Counter
    {
        get => MemoryMarshal.Read<float>(_counter);
        set => MemoryMarshal.Write(_counter, value);
    }

    public float Momentum
    {
        get => MemoryMarshal.Read<float>(_momentum);
        set => MemoryMarshal.Write(_momentum, value);
    }

    /// <summary>What controls the counter's steps, by the names of the tensors; null while nothing was begun.</summary>
    public Dictionary<string, float>? Control { get; private set; }

    /// <summary>What the last training's control has for the counter; for its v that times the counter.</summary>
    public float Gradient { get; set; }

    public override ModelManifest? OptimizerState => HasOptimizerState ? OptimizerLayout : null;

    public static ModelManifest OptimizerLayout { get; } = new([new("momentum", ElementType.Float32, new(1))]);

    public static ModelManifest LayoutOf(int weights) =>
        new([new("weights", ElementType.UInt8, new(weights)), new("counter", ElementType.Float32, new(1))]);

    /// <summary>The bytes of a model with a counter at a value.</summary>
    public static byte[] BytesOf(float counter, int weights = 13)
    {
        var layout = LayoutOf(weights);
        var bytes = new byte[layout.ByteLength];
        for (var i = 0; i < weights; i++)
        {
            bytes[i] = (byte)(i * 7);
        }

        MemoryMarshal.Write(bytes.AsSpan((int)layout.OffsetOf(1)), counter);
        return bytes;
    }

    public override void ReadModelTensor(int index, Span<byte> destination) => Tensor(index).CopyTo(destination);

    public override void WriteModelTensor(int index, ReadOnlySpan<byte> source) => source.CopyTo(Tensor(index));

    public override void ReadOptimizerTensor(int index, Span<byte> destination) => _momentum.CopyTo(destination);

    public override void WriteOptimizerTensor(int index, ReadOnlySpan<byte> source) => source.CopyTo(_momentum);

    public override void BeginOptimizerState(ModelManifest layout) => HasOptimizerState = true;

    public override void ResetOptimizer() => OptimizerResets++;

    public override void BeginControl(StepControl control) => (Control, _control) = ([], control.LayoutOf(Model));

    public override void EndControl() => Control = null;

    public override void WriteControlTensor(int index, ReadOnlySpan<byte> source)
    {
        if (IsOfCounter(index))
        {
            Control![_control!.Tensors[index].Name] = MemoryMarshal.Read<float>(source);
        }
    }

    public override void ReadControlTensor(int index, Span<byte> destination)
    {
        destination.Clear();
        if (IsOfCounter(index))
        {
            MemoryMarshal.Write(destination, _control!.Tensors[index].Name.StartsWith(CurvatureLayout.Centre, StringComparison.Ordinal) ? Gradient * Counter : Gradient);
        }
    }

    private bool IsOfCounter(int index) => _control!.Tensors[index].Name.EndsWith("counter", StringComparison.Ordinal);

    private byte[] Tensor(int index) => index == 0 ? _bytes : _counter;
}
