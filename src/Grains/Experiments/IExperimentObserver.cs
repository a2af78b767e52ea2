namespace Actors.Grains.Experiments;

/// <summary>Is told when there may be new work: held calls are released by this one message, not by asking again and again.</summary>
[Alias("experiment-observer")]
public interface IExperimentObserver : IGrainObserver
{
    /// <summary>A round was opened, or the experiment began, paused or ended. Messages may be lost; ask now and then all the same.</summary>
    [Alias("changed")]
    Task ChangedAsync(CurrentRound current);
}
