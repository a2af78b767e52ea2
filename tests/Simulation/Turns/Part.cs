namespace Actors.Simulation.Turns;

/// <summary>A part of a turn in a method of its own, as with an awaited private method.</summary>
internal sealed class Part(IEnumerator<Wait> body) : Wait
{
    public IEnumerator<Wait> Body { get; } = body;

    public static Wait Of(IEnumerator<Wait> body) => new Part(body);
}
