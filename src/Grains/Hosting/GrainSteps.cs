using Orleans.Runtime;

namespace Actors.Grains.Hosting;

/// <summary>
/// What keeps a grain going without a call: its next step, and a patrol. A step that fails is tried again in a second, since the
/// disk may be full or the database or another grain away for a while.
/// </summary>
/// <param name="grain">The grain; steps are turns of it.</param>
/// <param name="step">The step; may be repeated.</param>
/// <param name="failed">Is told of every failure.</param>
internal sealed class GrainSteps(IGrainBase grain, Func<CancellationToken, Task> step, Action<Exception> failed)
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private IGrainTimer? _next;
    private IGrainTimer? _patrol;

    /// <summary>Takes the next step at once, after the present turn; another that was planned is not taken.</summary>
    public void Soon() => In(TimeSpan.Zero);

    /// <summary>Takes the next step after a while; another that was planned is not taken.</summary>
    public void In(TimeSpan due)
    {
        _next?.Dispose();
        _next = grain.RegisterGrainTimer(
            cancellationToken => GuardAsync(step, cancellationToken), new() { DueTime = due, Period = Timeout.InfiniteTimeSpan, KeepAlive = true });
    }

    /// <summary>Looks after something again and again; a second patrol changes nothing.</summary>
    public void Patrol(TimeSpan period, Func<CancellationToken, Task> look) => _patrol ??= grain.RegisterGrainTimer(
        cancellationToken => GuardAsync(look, cancellationToken), new() { DueTime = period, Period = period, KeepAlive = true });

    /// <summary>No further step, no patrol.</summary>
    public void Stop()
    {
        _next?.Dispose();
        _patrol?.Dispose();
    }

    private async Task GuardAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work(cancellationToken);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            // The end of a loop that must not end.
            failed(problem);
            In(Retry);
        }
    }
}
