using Actors.Contracts.Metrics;
using Actors.Contracts.Tensors;
using Actors.Learning.Settings;
using Actors.Learning.Torch.Native;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Learning.Torch;

/// <summary>
/// A task runner for a TorchSharp module on the CPU: a derived class says how the network and its optimizer are built, and gets
/// <c>train_task</c> and <c>validate_task</c>. The model's tensors are those of <c>state_dict()</c>, buffers included, in their own types.
/// </summary>
/// <remarks>
/// The seed decides the initial weights, the order of the samples and chance in the network (dropout), per collaborator and round:
/// the same seed and number of threads give the same bytes. libtorch has one generator in a process, so runners that
/// work at the same time need processes of their own to be repeatable.
/// </remarks>
/// <param name="data">The local data; it stays the caller's to dispose.</param>
public abstract class TorchTaskRunner(TorchDataLoader data) : TaskRunner
{
    private Module<Tensor, Tensor>? _network;
    private OptimizerHelper? _optimizer;
    private ModelManifest? _model;
    private Tensor[] _tensors = [];
    private OptimizerTensors? _optimizerTensors;
    private ProximalTerm? _proximal;
    private IGradientControl? _control;
    private ModelManifest? _controlLayout;

    /// <summary>The seed of everything random. Default: 0.</summary>
    [PlanSetting]
    public long Seed { get; set; }

    /// <summary>
    /// FedProx's μ: how strongly training is drawn back to the global model, with any optimizer; at least 0. Default: 0, not at all.
    /// The reported loss is without the proximal term.
    /// </summary>
    [PlanSetting]
    public double ProximalMu { get; set; }

    /// <inheritdoc/>
    public sealed override ModelManifest Model
    {
        get
        {
            _ = Network;
            return _model!;
        }
    }

    /// <inheritdoc/>
    public sealed override ModelManifest? OptimizerState => (_optimizerTensors = OptimizerTensors.Of(Optimizer)).Layout;

    /// <summary>The network, built on first use under <see cref="Seed"/>; the runner disposes it.</summary>
    protected internal Module<Tensor, Tensor> Network => _network ??= Build();

    /// <summary>The optimizer, built on first use and after each reset; the runner disposes it.</summary>
    protected OptimizerHelper Optimizer => _optimizer ??= BuildOptimizer(Network.parameters());

    /// <summary>The local data.</summary>
    protected TorchDataLoader Data { get; } = data;

    /// <summary>
    /// Trains on the local data, all samples once an epoch. Knows the metric <c>loss</c>: the mean over all samples and epochs.
    /// </summary>
    /// <param name="context">The round.</param>
    /// <param name="epochs">How often each sample is used; at least 1.</param>
    /// <param name="batchSize">The samples of a mini-batch; null for the loader's.</param>
    /// <exception cref="InvalidOperationException">There are no training samples.</exception>
    [TrainTask]
    public virtual TaskResult TrainTask(TaskContext context, int epochs = 1, int? batchSize = null)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        var samples = Data.Train ?? throw new InvalidOperationException($"{Data.GetType().Name} has no training samples.");
        ArgumentOutOfRangeException.ThrowIfNegative(ProximalMu);
        manual_seed(TrainingSeed.Of(Seed, context, -1));
        Network.train();
        using var proximal = ProximalMu > 0 ? new ProximalTerm(Network.parameters(), ProximalMu) : null;
        _proximal = proximal;
        var (loss, seen) = (0.0, 0L);
        for (var epoch = 0; epoch < epochs; epoch++)
        {
            foreach (var batch in samples.Shuffled(batchSize ?? Data.BatchSize, TrainingSeed.Of(Seed, context, epoch)))
            {
                using (batch)
                using (NewDisposeScope())
                {
                    context.CancellationToken.ThrowIfCancellationRequested();
                    loss += Train(batch) * batch.Count;
                    seen += batch.Count;
                }

                context.Progress.Report((double)seen / (samples.Count * epochs));
            }
        }

        _proximal = null;
        return TaskResult.For(context, samples.Count, new Metric("loss", loss / seen));
    }

    /// <summary>Measures the model on the validation samples. Knows the metrics <c>accuracy</c> (0 to 1) and <c>loss</c> (mean).</summary>
    /// <exception cref="InvalidOperationException">There are no validation samples.</exception>
    [ValidateTask]
    public virtual TaskResult ValidateTask(TaskContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var samples = Data.Validation ?? throw new InvalidOperationException($"{Data.GetType().Name} has no validation samples.");
        Network.eval();
        var (correct, loss, seen) = (0L, 0.0, 0L);
        using var frozen = no_grad();
        foreach (var batch in samples.InOrder(Data.BatchSize))
        {
            using (batch)
            using (NewDisposeScope())
            {
                context.CancellationToken.ThrowIfCancellationRequested();
                var output = Network.forward(batch.Input);
                correct += CountCorrect(output, batch.Target);
                loss += Loss(output, batch.Target).ToDouble() * batch.Count;
                seen += batch.Count;
            }

            context.Progress.Report((double)seen / samples.Count);
        }

        return TaskResult.For(context, seen, new Metric("accuracy", (double)correct / seen), new Metric("loss", loss / seen));
    }

    /// <inheritdoc/>
    public sealed override void ReadModelTensor(int index, Span<byte> destination)
    {
        _ = Network;
        TensorBytes.Read(_tensors[index], destination);
    }

    /// <inheritdoc/>
    public sealed override void WriteModelTensor(int index, ReadOnlySpan<byte> source)
    {
        _ = Network;
        TensorBytes.Write(_tensors[index], source);
    }

    /// <inheritdoc/>
    public sealed override void ReadOptimizerTensor(int index, Span<byte> destination) =>
        (_optimizerTensors ??= OptimizerTensors.Of(Optimizer)).Read(index, destination);

    /// <inheritdoc/>
    public sealed override void BeginOptimizerState(ModelManifest layout)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ResetOptimizer();
        _optimizerTensors = OptimizerTensors.Prepare(Optimizer, layout);
    }

    /// <inheritdoc/>
    public sealed override void WriteOptimizerTensor(int index, ReadOnlySpan<byte> source) =>
        (_optimizerTensors ?? throw new InvalidOperationException($"Call {nameof(BeginOptimizerState)} first.")).Write(index, source);

    /// <inheritdoc/>
    public sealed override void ResetOptimizer()
    {
        _optimizer?.Dispose();
        (_optimizer, _optimizerTensors) = (null, null);
    }

    /// <inheritdoc/>
    public sealed override void BeginControl(StepControl control)
    {
        ArgumentNullException.ThrowIfNull(control);
        EndControl();
        _controlLayout = control.LayoutOf(Model);
        _control = control is StepControl.Curvature curvature
            ? new CurvaturePenalty(Network.named_parameters(), curvature.Importance, () => LossesOfSamples(curvature.Samples))
            : new GradientCorrection(Network.named_parameters());
    }

    /// <inheritdoc/>
    public sealed override void WriteControlTensor(int index, ReadOnlySpan<byte> source) => Control.Write(_controlLayout!.Tensors[index].Name, source);

    /// <inheritdoc/>
    public sealed override void ReadControlTensor(int index, Span<byte> destination) => Control.Read(_controlLayout!.Tensors[index].Name, destination);

    /// <inheritdoc/>
    public sealed override void EndControl()
    {
        _control?.Dispose();
        (_control, _controlLayout) = (null, null);
    }

    /// <inheritdoc/>
    public override void SaveNative(string path) => _ = Network.save(path);

    /// <summary>Builds the network with its initial weights.</summary>
    /// <returns>A module from <c>[batch, …]</c> to <c>[batch, …]</c> on the CPU; the runner disposes it.</returns>
    protected abstract Module<Tensor, Tensor> BuildNetwork();

    /// <summary>
    /// Builds the optimizer as it is before the first step: <c>torch.optim.Adam(parameters, learningRate)</c> or another.
    /// </summary>
    /// <param name="parameters">The network's parameters, in its order.</param>
    protected abstract OptimizerHelper BuildOptimizer(IEnumerable<Parameter> parameters);

    /// <summary>How far outputs are from targets. Default: the cross entropy of class scores.</summary>
    /// <param name="output">Shape <c>[batch, classes]</c> by default: what the network gave.</param>
    /// <param name="target">Shape <c>[batch]</c>, int64 by default: the classes.</param>
    /// <returns>A scalar, the mean over the batch; the runner's dispose scope owns it.</returns>
    protected virtual Tensor Loss(Tensor output, Tensor target) => functional.cross_entropy(output, target);

    /// <summary>How many samples of a batch are right. Default: those whose highest score is the target's class.</summary>
    /// <param name="output">Shape <c>[batch, classes]</c>.</param>
    /// <param name="target">Shape <c>[batch]</c>, int64.</param>
    protected virtual long CountCorrect(Tensor output, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(output);
        return output.argmax(1).eq(target).sum().ToInt64();
    }

    /// <summary>
    /// Takes one step of the optimizer on one batch; a dispose scope is open around it. An override calls
    /// <see cref="CorrectGradients"/> between the backward pass and the step.
    /// </summary>
    /// <returns>The batch's mean loss before the step.</returns>
    protected virtual double Train(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Optimizer.zero_grad();
        var loss = Loss(Network.forward(batch.Input), batch.Target);
        loss.backward();
        CorrectGradients();
        Optimizer.step();
        return loss.ToDouble();
    }

    /// <summary>
    /// Adds to the gradients what the plan asks for beyond the loss: SCAFFOLD's correction or FedCurv's penalty, and the proximal term of <see cref="ProximalMu"/>.
    /// </summary>
    protected void CorrectGradients()
    {
        _control?.Correct();
        _proximal?.AddToGradients();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ResetOptimizer();
            EndControl();
            _network?.Dispose();
        }

        base.Dispose(disposing);
    }

    private IGradientControl Control => _control ?? throw new InvalidOperationException($"Call {nameof(BeginControl)} first.");

    internal static InvalidOperationException Uncorrected() => new(
        $"The training took no corrected step; call {nameof(TorchTaskRunner)}.{nameof(CorrectGradients)} between the backward pass and the optimizer's step.");

    // Each sample's loss by itself, without chance in the network, each in a dispose scope of its own. The same samples every time.
    private IEnumerable<Tensor> LossesOfSamples(int most)
    {
        var samples = Data.Train ?? throw new InvalidOperationException($"{Data.GetType().Name} has no training samples.");
        Network.eval();
        foreach (var sample in samples.Shuffled(1, Seed).Take(most))
        {
            using (sample)
            using (NewDisposeScope())
            {
                Network.zero_grad();
                yield return Loss(Network.forward(sample.Input), sample.Target);
            }
        }

        Network.zero_grad();
    }

    private Module<Tensor, Tensor> Build()
    {
        LibTorch.EnsureLoaded();
        manual_seed(Seed);
        var network = BuildNetwork();
        var state = network.state_dict();
        _tensors = [.. state.Values];
        _model = new(state.Select(entry => TensorBytes.SpecOf(entry.Key, entry.Value)));
        return network;
    }
}
