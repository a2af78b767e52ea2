using System.Security.Cryptography.X509Certificates;

using Actors.Benchmarks.Roles;

using Wire = Actors.Contracts.Wire;

namespace Actors.Benchmarks.Clients;

/// <summary>One simulated collaborator: the protocol of a round without any training.</summary>
internal abstract class LoadClient(int index, X509Certificate2 certificate) : IDisposable
{
    /// <summary>How long the gateway may take for anything.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private Task<Wire.GetTasksReply>? _asked;
    private bool _hasWork;

    /// <summary>Decides name and sample count.</summary>
    protected int Index => index;

    /// <summary>Its certificate.</summary>
    protected X509Certificate2 Certificate => certificate;

    /// <summary>The running round's work.</summary>
    protected Wire.Work Work { get; private set; } = new();

    /// <summary>Connects and joins.</summary>
    public abstract Task JoinAsync();

    /// <summary>Asks for work and does not wait for the answer.</summary>
    public void AskAhead() => _asked ??= AskAsync();

    /// <summary>Waits for work.</summary>
    public async Task AwaitWorkAsync()
    {
        while (!_hasWork)
        {
            AskAhead();
            var reply = await _asked!;
            _asked = null;
            if (reply.Wait is null)
            {
                Work = reply.Work ?? throw new InvalidOperationException($"Told to stop: {reply.Stop.Reason}");
                _hasWork = true;
            }
        }
    }

    /// <summary>Waits for work and brings the round's model here.</summary>
    public async Task DownloadAsync()
    {
        await AwaitWorkAsync();
        _hasWork = false;
        await FetchAsync(Work.Bundles.Single());
    }

    /// <summary>Makes the update.</summary>
    public abstract Task PrepareAsync();

    /// <summary>Reports the round's three tasks, with the update.</summary>
    public async Task UploadAsync()
    {
        foreach (var task in Work.Tasks)
        {
            var isTraining = task == "train";
            var report = new Wire.ResultReport
            {
                Experiment = SiloRole.Experiment.ToString(),
                Round = Work.Round,
                Task = task,
                SampleCount = isTraining ? 100 + index : 50,
            };
            report.Metrics.Add(new Wire.Metric { Name = isTraining ? "loss" : "accuracy", Value = 1 - (1.0 / (Work.Round + 2)) });
            if (isTraining)
            {
                report.Bundles.Add(new Wire.ReportedBundle { Bundle = Update() });
            }

            await ReportAsync(report);
        }
    }

    public void Dispose()
    {
        Dispose(true);
        certificate.Dispose();
    }

    /// <summary>A call for work.</summary>
    protected abstract Task<Wire.GetTasksReply> AskAsync();

    /// <summary>Brings bytes here.</summary>
    protected abstract Task FetchAsync(Wire.TensorBundle bundle);

    /// <summary>The update that was made.</summary>
    protected abstract Wire.TensorBundle Update();

    /// <summary>Reports until it is accepted.</summary>
    protected abstract Task ReportAsync(Wire.ResultReport report);

    /// <summary>Lets go of the connection.</summary>
    protected abstract void Dispose(bool disposing);

    /// <summary>A bundle that differs from another in its digest alone.</summary>
    protected static Wire.TensorBundle With(Wire.TensorBundle model, string digest) => new(model) { Digest = digest };
}
