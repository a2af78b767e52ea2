using TorchSharp.Modules;

using static TorchSharp.torch;

namespace Actors.Benchmarks.Learning;

/// <summary>
/// An attacker's optimizer: it trains as everybody does by gradient descent, and with the round's last step puts
/// <c>x + factor · (y − x)</c> in the place of what it learnt, <c>y</c>, from the round's model <c>x</c>. For a plan that makes
/// optimizers anew each round.
/// </summary>
/// <param name="parameters">The network's parameters.</param>
/// <param name="learningRate">The step size.</param>
/// <param name="steps">How many steps a round has.</param>
/// <param name="factor">By what the change is multiplied.</param>
internal sealed class ScaledUpdate(IEnumerable<Parameter> parameters, double learningRate, int steps, double factor)
    : SGD(parameters, learningRate)
{
    private readonly List<Tensor> _start = [];
    private int _taken;

    public override Tensor step(Func<Tensor>? closure = null)
    {
        using var frozen = no_grad();
        if (_taken == 0)
        {
            _start.AddRange(this.parameters().Select(parameter => parameter.detach().clone().DetachFromDisposeScope()));
        }

        var loss = base.step(closure);
        if (++_taken == steps)
        {
            foreach (var (parameter, start) in this.parameters().Zip(_start))
            {
                parameter.sub_(start).mul_(factor).add_(start);
            }
        }

        return loss;
    }

    protected override void Dispose(bool disposing)
    {
        _start.ForEach(start => start.Dispose());
        base.Dispose(disposing);
    }
}
