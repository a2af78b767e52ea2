using Actors.CollaboratorHost;
using Actors.CollaboratorHost.Serving;

namespace Actors.Experiments.Running;

/// <summary>A collaborator in one experiment that runs in this process.</summary>
internal sealed class LocalChild : ICollaboratorChild
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<int> _run;

    /// <summary>Starts it; what the work throws is its last word.</summary>
    public LocalChild(Func<CancellationToken, Task<int>> work) => _run = RunAsync(work);

    /// <summary>Completes with it, however it ends.</summary>
    public Task Ended => _run;

    /// <inheritdoc/>
    public string LastWords { get; private set; } = "";

    /// <inheritdoc/>
    public Task<int> EndAsync(CancellationToken cancellationToken) => _run.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _stop.Cancel();

    private async Task<int> RunAsync(Func<CancellationToken, Task<int>> work)
    {
        try
        {
            var code = await Task.Run(() => work(_stop.Token));
            LastWords = code == ExitCodes.Ended ? "" : $"the collaborator ended with {code}; its log says why";
            return code;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return ExitCodes.Interrupted;
        }
        catch (Exception failure)
        {
            // What a process of its own would write before it ends.
            LastWords = failure.Message;
            return ExitCodes.WorkFailed;
        }
    }
}
