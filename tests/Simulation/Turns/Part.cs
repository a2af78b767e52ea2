namespace Actors.Simulation.Turns;

/// <summary>A part of a turn in a method of its own, as with an awaited private method.</summary>
internal sealed class Part(IEnumerator<Wait> body) : Wait
{
    public IEnumerator<Wait> Body { get; } = body;

    public static Wait Of(IEnumerator<Wait> body) => new Part(body);

    /// <summary>Mirrors <c>Task.WhenAll</c>: all are waited for, whatever becomes of one, and the first failure is thrown then.</summary>
    public static Wait All(IReadOnlyList<Wait> waits) => Of(AllAsync(waits));

    private static IEnumerator<Wait> AllAsync(IReadOnlyList<Wait> waits)
    {
        foreach (var wait in waits)
        {
            yield return wait.Caught();
        }

        if (waits.Select(wait => wait.Failure).FirstOrDefault(failure => failure is not null) is { } failed)
        {
            throw new FailureException(failed);
        }
    }
}
