using Actors.Simulation.Machines;
using Actors.Simulation.Silo;
using Actors.Simulation.Turns;

namespace Actors.Simulation.Gateway;

/// <summary>Mirrors the gateway's <c>WaitingCalls</c>: all held calls wait for one signal of the experiment's door.</summary>
internal sealed class WaitingCalls(SiloProcess silo)
{
    /// <summary>Completes at the next change. Take it before looking at the state.</summary>
    public Wait NextChange { get; private set; } = new();

    public void Start() => new Turn(silo, SubscribeAsync()).Run();

    public void Changed()
    {
        var change = NextChange;
        NextChange = new();
        change.Complete();
    }

    private IEnumerator<Wait> SubscribeAsync()
    {
        while (true)
        {
            var subscribed = silo.Experiment.Ask<Nothing>(0, (door, _) => door.SubscribeAsync(), "subscribe");
            yield return subscribed.Caught();
            if (subscribed.Failure is null)
            {
                Changed();
            }

            yield return silo.Delay(Times.Resubscription);
        }
    }
}
