using TorchSharp.Modules;

using static TorchSharp.torch;

namespace Actors.Learning.Torch;

/// <summary>
/// One thing an optimizer remembers of one parameter: a number, or a tensor of the parameter's shape that may not be there yet.
/// </summary>
internal sealed class OptimizerSlot
{
    private readonly Func<Tensor?>? _tensor;
    private readonly Action<Tensor>? _setTensor;
    private readonly Func<double>? _number;
    private readonly Action<double>? _setNumber;

    private OptimizerSlot(string key, Func<Tensor?> tensor, Action<Tensor> set) => (Key, _tensor, _setTensor) = (key, tensor, set);

    private OptimizerSlot(string key, Func<double> number, Action<double> set) => (Key, _number, _setNumber) = (key, number, set);

    /// <summary>The framework's name for it, such as <c>exp_avg</c>.</summary>
    public string Key { get; }

    /// <summary>Whether it is a tensor, not a number.</summary>
    public bool IsTensor => _tensor is not null;

    /// <summary>The tensor, which stays the optimizer's; null for a number, or where there is none yet.</summary>
    public Tensor? Tensor => _tensor?.Invoke();

    /// <summary>The number; whole for a step counter.</summary>
    public double Number
    {
        get => _number!();
        set => _setNumber!(value);
    }

    /// <summary>Gives the optimizer a tensor of zeros like the parameter where it has none yet.</summary>
    public void Fill(Parameter parameter)
    {
        if (Tensor is null)
        {
            _setTensor!(zeros(parameter.shape, parameter.dtype).DetachFromDisposeScope());
        }
    }

    /// <summary>What an optimizer remembers of a parameter; null for an optimizer whose state is of an unknown kind.</summary>
    public static IReadOnlyList<OptimizerSlot>? Of(OptimizerState state) => state switch
    {
        Adam.State adam =>
        [
            Steps(() => adam.step, steps => adam.step = steps),
            new("exp_avg", () => adam.exp_avg, tensor => adam.exp_avg = tensor),
            new("exp_avg_sq", () => adam.exp_avg_sq, tensor => adam.exp_avg_sq = tensor),
            new("max_exp_avg_sq", () => adam.max_exp_avg_sq, tensor => adam.max_exp_avg_sq = tensor),
        ],
        AdamW.State adam =>
        [
            Steps(() => adam.step, steps => adam.step = steps),
            new("exp_avg", () => adam.exp_avg, tensor => adam.exp_avg = tensor),
            new("exp_avg_sq", () => adam.exp_avg_sq, tensor => adam.exp_avg_sq = tensor),
            new("max_exp_avg_sq", () => adam.max_exp_avg_sq, tensor => adam.max_exp_avg_sq = tensor),
        ],
        SGD.State sgd => [new("momentum_buffer", () => sgd.momentum_buffer, tensor => sgd.momentum_buffer = tensor)],
        RMSProp.State rms =>
        [
            Steps(() => rms.step, steps => rms.step = steps),
            new("square_avg", () => rms.square_avg, tensor => rms.square_avg = tensor),
            new("momentum_buffer", () => rms.momentum_buffer, tensor => rms.momentum_buffer = tensor),
            new("grad_avg", () => rms.grad_avg, tensor => rms.grad_avg = tensor),
        ],
        Adagrad.State ada =>
        [
            Steps(() => ada.step, steps => ada.step = steps),
            new("sum", () => ada.sum, tensor => ada.sum = tensor),
        ],
        Adadelta.State ada =>
        [
            Steps(() => ada.step, steps => ada.step = steps),
            new("square_avg", () => ada.square_avg, tensor => ada.square_avg = tensor),
            new("acc_delta", () => ada.acc_delta, tensor => ada.acc_delta = tensor),
        ],
        Adamax.State adamax =>
        [
            Steps(() => adamax.step, steps => adamax.step = steps),
            new("exp_avg", () => adamax.exp_avg, tensor => adamax.exp_avg = tensor),
            new("exp_inf", () => adamax.exp_inf, tensor => adamax.exp_inf = tensor),
        ],
        NAdam.State nadam =>
        [
            Steps(() => nadam.step, steps => nadam.step = steps),
            new("mu_product", () => nadam.mu_product, number => nadam.mu_product = number),
            new("exp_avg", () => nadam.exp_avg, tensor => nadam.exp_avg = tensor),
            new("exp_avg_sq", () => nadam.exp_avg_sq, tensor => nadam.exp_avg_sq = tensor),
        ],
        RAdam.State radam =>
        [
            Steps(() => radam.step, steps => radam.step = steps),
            new("exp_avg", () => radam.exp_avg, tensor => radam.exp_avg = tensor),
            new("exp_avg_sq", () => radam.exp_avg_sq, tensor => radam.exp_avg_sq = tensor),
        ],
        _ => null,
    };

    private static OptimizerSlot Steps(Func<long> steps, Action<long> set) =>
        new("step", () => (double)steps(), number => set((long)Math.Round(number)));
}
