namespace Actors.Simulation.Turns;

/// <summary>Lets one turn in at a time, in the order of their coming: mirrors a <c>SemaphoreSlim</c> of one.</summary>
internal sealed class Gate
{
    private readonly Queue<Wait> _waiting = [];
    private bool _isTaken;

    public Wait Enter()
    {
        var entered = new Wait();
        if (_isTaken)
        {
            _waiting.Enqueue(entered);
        }
        else
        {
            _isTaken = true;
            entered.Complete();
        }

        return entered;
    }

    public void Leave()
    {
        if (_waiting.TryDequeue(out var next))
        {
            next.Complete();
        }
        else
        {
            _isTaken = false;
        }
    }
}
