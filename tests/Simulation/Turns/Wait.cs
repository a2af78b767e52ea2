namespace Actors.Simulation.Turns;

/// <summary>What a turn waits for: an answer, a write, the passing of time. Done once; later completions change nothing.</summary>
internal class Wait
{
    private Action? _then;

    public bool IsDone { get; private set; }

    /// <summary>Why it did not come to what was asked; null when it did, or is not done.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>Whether the turn looks at <see cref="Failure"/> itself, as with a catch around an await. Otherwise it ends the turn.</summary>
    public bool IsCaught { get; private set; }

    /// <summary>The same, with its failure caught.</summary>
    public Wait Caught()
    {
        IsCaught = true;
        return this;
    }

    public void Complete() => End(null);

    public void Fail(Failure failure) => End(failure);

    /// <summary>Completes, or fails when there is a failure.</summary>
    public void End(Failure? failure)
    {
        if (!IsDone)
        {
            (IsDone, Failure) = (true, failure);
            _then?.Invoke();
        }
    }

    /// <summary>Calls back when it is done; at once when it is already.</summary>
    public void Then(Action then)
    {
        if (IsDone)
        {
            then();
        }
        else
        {
            _then += then;
        }
    }
}
