namespace Actors.Simulation.Machines;

/// <summary>All that is no process: the network, the operator, those who start what has died.</summary>
internal sealed class Outside(Dice dice) : Process("outside", dice, null)
{
    protected override void Killed() => throw new InvalidOperationException("The world outside does not die.");
}
