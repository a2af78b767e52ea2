namespace Actors.Simulation.Turns;

/// <summary>An answer that is waited for.</summary>
internal sealed class Reply<T> : Wait
{
    public T Value { get; set; } = default!;
}

/// <summary>The answer of a call that answers nothing but that it is done.</summary>
internal readonly record struct Nothing;
