using System.Runtime.CompilerServices;

using Wire = Actors.Contracts.Wire;

namespace Actors.Experiments.Federations;

/// <summary>An experiment of a long-lived federation. Where there is none of the name, every call says so.</summary>
public sealed class FederatedExperiment
{
    private readonly Federation _federation;

    internal FederatedExperiment(Federation federation, string name) => (_federation, Name) = (federation, name);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Where it stands.</summary>
    public async Task<ExperimentReport> GetReportAsync(CancellationToken cancellationToken = default) => ExperimentReport.Of(
        await _federation.CallAsync(() => _federation.Client.GetExperimentAsync(Request, cancellationToken: cancellationToken).ResponseAsync));

    /// <summary>The rounds' metrics from the first on, each as soon as it is there; ends with the experiment.</summary>
    public async IAsyncEnumerable<RoundMetrics> StreamMetricsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var call = _federation.Client.StreamMetrics(Request, cancellationToken: cancellationToken);
        var rounds = 0;
        while (await _federation.CallAsync(() => call.ResponseStream.MoveNext(cancellationToken)))
        {
            rounds = rounds > 0 ? rounds : (await GetReportAsync(cancellationToken)).Rounds;
            yield return RoundMetrics.Parse(call.ResponseStream.Current.Json, rounds);
        }
    }

    /// <summary>Waits until it is over.</summary>
    /// <returns>How it ended.</returns>
    public async Task<ExperimentReport> WaitAsync(CancellationToken cancellationToken = default)
    {
        await foreach (var _ in StreamMetricsAsync(cancellationToken))
        {
        }

        return await GetReportAsync(cancellationToken);
    }

    /// <summary>Writes its newest model to a file.</summary>
    /// <exception cref="ExperimentException">There is none yet.</exception>
    public Task SaveLastModelAsync(string path, CancellationToken cancellationToken = default) => SaveAsync(path, best: false, cancellationToken);

    /// <summary>Writes its best model to a file.</summary>
    /// <exception cref="ExperimentException">There is none yet.</exception>
    public Task SaveBestModelAsync(string path, CancellationToken cancellationToken = default) => SaveAsync(path, best: true, cancellationToken);

    /// <summary>Ends it before its time; the newest model stays. Repeating it changes nothing.</summary>
    public async Task<ExperimentReport> StopAsync(string reason = "", CancellationToken cancellationToken = default)
    {
        var request = new Wire.StopExperimentRequest { Name = Name, Reason = reason };
        return ExperimentReport.Of(
            await _federation.CallAsync(() => _federation.Client.StopExperimentAsync(request, cancellationToken: cancellationToken).ResponseAsync));
    }

    /// <summary>
    /// Has it pause: one that waits does not start, one that runs hands out no work and keeps its place. Repeating it changes the reason at most.
    /// </summary>
    /// <exception cref="ExperimentException">It is over.</exception>
    public async Task<ExperimentReport> PauseAsync(string reason = "", CancellationToken cancellationToken = default)
    {
        var request = new Wire.PauseExperimentRequest { Name = Name, Reason = reason };
        return ExperimentReport.Of(
            await _federation.CallAsync(() => _federation.Client.PauseExperimentAsync(request, cancellationToken: cancellationToken).ResponseAsync));
    }

    /// <summary>Has it go on, whatever paused it. Repeating it changes nothing.</summary>
    /// <exception cref="ExperimentException">It is over.</exception>
    public async Task<ExperimentReport> ResumeAsync(CancellationToken cancellationToken = default) => ExperimentReport.Of(
        await _federation.CallAsync(() => _federation.Client.ResumeExperimentAsync(Request, cancellationToken: cancellationToken).ResponseAsync));

    /// <summary>Deletes it with all that it came to; it must be over.</summary>
    public async Task RemoveAsync(CancellationToken cancellationToken = default) =>
        await _federation.CallAsync(() => _federation.Client.RemoveAsync(Request, cancellationToken: cancellationToken).ResponseAsync);

    private Wire.ExperimentRequest Request => new() { Name = Name };

    private async Task SaveAsync(string path, bool best, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var call = _federation.Client.PullModel(new() { Name = Name, Best = best }, cancellationToken: cancellationToken);
        if (!await _federation.CallAsync(() => call.ResponseStream.MoveNext(cancellationToken)))
        {
            throw new ExperimentException($"The model of {Name} came without a byte. Look at the aggregator's log.");
        }

        var temporary = Path.GetFullPath($"{path}.{Guid.NewGuid():n}.tmp");
        try
        {
            await using (var file = File.Create(temporary))
            {
                do
                {
                    await file.WriteAsync(call.ResponseStream.Current.Data.Memory, cancellationToken);
                }
                while (await _federation.CallAsync(() => call.ResponseStream.MoveNext(cancellationToken)));
            }

            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
