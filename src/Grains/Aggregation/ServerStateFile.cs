using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>One state of a server optimizer, before and after a round; with the model's layout.</summary>
/// <param name="Before">The state before; null in the first round.</param>
/// <param name="After">Takes the state after; an empty stage.</param>
internal sealed record ServerStateFile(ITensorReader? Before, ITensorStage After) : IDisposable
{
    public void Dispose()
    {
        Before?.Dispose();
        After.Dispose();
    }
}
