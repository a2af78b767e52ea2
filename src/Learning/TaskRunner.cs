using Actors.Contracts.Tensors;

namespace Actors.Learning;

/// <summary>
/// What a data scientist derives from to bring a model into a federation: it runs the plan's tasks on local data and gives and
/// takes the model as named arrays. Any library can take part; <see cref="Torch.TorchTaskRunner"/> does it for TorchSharp.
/// </summary>
/// <remarks>
/// Tasks are public methods marked with <see cref="TrainTaskAttribute"/> or <see cref="ValidateTaskAttribute"/> that return
/// <see cref="TaskResult"/> or a task of it. Their parameters are filled from the plan's <c>kwargs</c> by name (the plan's
/// <c>batch_size</c> is the parameter <c>batchSize</c>); a parameter of type <see cref="TaskContext"/> receives the context.
/// The host loads the right weights before it calls a task and reads them back after a training task. One task runs at a time.
/// </remarks>
public abstract class TaskRunner : IDisposable
{
    /// <summary>The layout of the model: names, element types and shapes, always the same for one runner.</summary>
    public abstract ModelManifest Model { get; }

    /// <summary>Copies one tensor of the model out.</summary>
    /// <param name="index">The tensor's index in <see cref="Model"/>.</param>
    /// <param name="destination">Exactly the tensor's <see cref="TensorSpec.ByteLength"/> bytes, little-endian, row-major.</param>
    public abstract void ReadModelTensor(int index, Span<byte> destination);

    /// <summary>Copies one tensor of the model in.</summary>
    /// <param name="index">The tensor's index in <see cref="Model"/>.</param>
    /// <param name="source">Exactly the tensor's <see cref="TensorSpec.ByteLength"/> bytes; the caller's again after the call.</param>
    public abstract void WriteModelTensor(int index, ReadOnlySpan<byte> source);

    /// <summary>The layout of the optimizer's state as it is now; null when it has none (yet) that could travel.</summary>
    public virtual ModelManifest? OptimizerState => null;

    /// <summary>Copies one tensor of the optimizer's state out; see <see cref="ReadModelTensor"/>.</summary>
    public virtual void ReadOptimizerTensor(int index, Span<byte> destination) => throw new NotSupportedException();

    /// <summary>
    /// Prepares the optimizer to take a state with this layout; the tensors follow by <see cref="WriteOptimizerTensor"/>.
    /// </summary>
    /// <exception cref="ArgumentException">The layout does not fit this optimizer.</exception>
    public virtual void BeginOptimizerState(ModelManifest layout) => throw new NotSupportedException();

    /// <summary>Copies one tensor of the optimizer's state in; see <see cref="WriteModelTensor"/>.</summary>
    public virtual void WriteOptimizerTensor(int index, ReadOnlySpan<byte> source) => throw new NotSupportedException();

    /// <summary>Forgets the optimizer's state, as if it had just been made (treatment RESET). Does nothing without an optimizer.</summary>
    public virtual void ResetOptimizer()
    {
    }

    /// <summary>
    /// Prepares the next training to have its steps controlled. What the others learnt follows by <see cref="WriteControlTensor"/>, this
    /// collaborator's own part already taken out; it is zero until then.
    /// </summary>
    /// <exception cref="NotSupportedException">This runner's steps cannot be controlled so.</exception>
    public virtual void BeginControl(StepControl control) => throw new NotSupportedException($"{GetType().Name} does not correct its steps.");

    /// <summary>
    /// Copies one tensor of the control in; see <see cref="WriteModelTensor"/>. Of a parameter that is not trained it has no effect.
    /// </summary>
    /// <param name="index">The tensor's index in <see cref="StepControl.LayoutOf"/> the model.</param>
    /// <param name="source">Exactly the tensor's bytes.</param>
    public virtual void WriteControlTensor(int index, ReadOnlySpan<byte> source) => throw new NotSupportedException();

    /// <summary>
    /// Copies out one tensor of the control that the training since <see cref="BeginControl"/> came to; zero for a parameter that is not
    /// trained. See <see cref="ReadModelTensor"/>.
    /// </summary>
    /// <param name="index">The tensor's index in <see cref="StepControl.LayoutOf"/> the model.</param>
    /// <param name="destination">Exactly the tensor's bytes.</param>
    public virtual void ReadControlTensor(int index, Span<byte> destination) => throw new NotSupportedException();

    /// <summary>Trains without a control from now on. Does nothing where there is none.</summary>
    public virtual void EndControl()
    {
    }

    /// <summary>Writes the model in the library's own format, for <c>fx model save</c>; the path's file is replaced.</summary>
    /// <exception cref="NotSupportedException">The library has no format of its own.</exception>
    public virtual void SaveNative(string path) =>
        throw new NotSupportedException($"{GetType().Name} has no format of its own; save to safetensors instead.");

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the runner holds.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
