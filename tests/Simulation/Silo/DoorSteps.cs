using Actors.Simulation.Turns;

namespace Actors.Simulation.Silo;

/// <summary>Mirrors <c>GrainSteps</c>: a door's next step and its patrol. A step that fails is tried again in a second.</summary>
/// <param name="door">The door.</param>
/// <param name="step">The step; may be repeated.</param>
/// <param name="failed">Is told of every failure.</param>
internal sealed class DoorSteps(Door door, Func<IEnumerator<Wait>> step, Action failed)
{
    private DoorTimer? _next;
    private DoorTimer? _patrol;

    /// <summary>Whether a step is planned that has not begun.</summary>
    public bool IsPending { get; private set; }

    public void Soon() => In(TimeSpan.Zero);

    public void In(TimeSpan due)
    {
        _next?.Dispose();
        IsPending = true;
        _next = door.StartTimer(due, null, timer =>
        {
            IsPending = false;
            return GuardAsync(timer, step());
        });
    }

    public void Patrol(TimeSpan period, Func<IEnumerator<Wait>> look) =>
        _patrol ??= door.StartTimer(period, period, timer => GuardAsync(timer, look()));

    public void Stop()
    {
        _next?.Dispose();
        _patrol?.Dispose();
    }

    private IEnumerator<Wait> GuardAsync(DoorTimer timer, IEnumerator<Wait> work)
    {
        var attempt = Part.Of(work).Caught();
        yield return attempt;
        if (attempt.Failure is not null && !timer.IsDisposed)
        {
            failed();
            In(TimeSpan.FromSeconds(1));
        }
    }
}
