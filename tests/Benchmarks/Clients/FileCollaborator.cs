using System.Security.Cryptography.X509Certificates;

using Actors.Benchmarks.Roles;
using Actors.CollaboratorHost;
using Actors.CollaboratorHost.Gateway;
using Actors.CollaboratorHost.Tensors;
using Actors.CollaboratorHost.Work;
using Actors.Contracts.Tensors;

using Microsoft.Extensions.Logging.Abstractions;

using Wire = Actors.Contracts.Wire;

namespace Actors.Benchmarks.Clients;

/// <summary>A collaborator by the host's own code: its connection, its store in files, its uploads and downloads.</summary>
internal sealed class FileCollaborator : LoadClient
{
    private readonly StateFolder _folder;
    private readonly GatewayClient _gateway;
    private readonly LocalTensorStore _store;
    private readonly TensorDownload _download;
    private readonly ResultReporter _reporter;
    private string _digest = "";

    public FileCollaborator(int index, ConnectionSettings connection, X509Certificate2 certificate)
        : base(index, certificate)
    {
        var name = LoadSettings.NameOf(index);
        var options = new CollaboratorOptions
        {
            Collaborator = name,
            Addresses = [connection.Address],
            StateFolder = connection.Settings.Folder,
            PlanHash = SiloRole.Hash,
            Plan = "{}",
            WorkspaceHash = SiloRole.Hash,
        };
        var credentials = new GatewayCredentials(certificate, connection.ProblemWith);
        _folder = new StateFolder(connection.Settings.Folder, name);
        _gateway = new GatewayClient(options, credentials, TimeProvider.System, NullLogger<GatewayClient>.Instance);
        _store = new LocalTensorStore(_folder.Tensors);
        _download = new TensorDownload(_gateway, _store, NullLogger<TensorDownload>.Instance);
        _reporter = new ResultReporter(_gateway, new TensorUpload(_gateway, _store), _store, new AcknowledgementLog(path: null), NullLogger<ResultReporter>.Instance);
    }

    public override async Task JoinAsync()
    {
        var reply = await _gateway.JoinAsync(
            new() { PlanHash = SiloRole.Hash, Plan = "{}", WorkspaceHash = SiloRole.Hash, Version = "0" }, CancellationToken.None);
        _ = reply.Accepted ?? throw new InvalidOperationException(reply.Refused.Message);
    }

    public override async Task PrepareAsync()
    {
        var digest = await UpdateFile.WriteAsync(
            _store.PathOf(TensorDigest.Parse(Work.Bundles.Single().Digest)), _store.ScratchPath, ((Index % 97) + 1) * (1f / 256));
        _store.Adopt(digest);
        _digest = digest.ToString();
    }

    protected override Task<Wire.GetTasksReply> AskAsync() =>
        _gateway.GetTasksAsync(SiloRole.Experiment.ToString(), Patience, CancellationToken.None);

    protected override async Task FetchAsync(Wire.TensorBundle bundle)
    {
        _store.KeepOnly(new HashSet<TensorDigest> { TensorDigest.Parse(bundle.Digest) });
        if (!await _download.FetchAsync(SiloRole.Experiment.ToString(), bundle, CancellationToken.None))
        {
            throw new InvalidOperationException($"The gateway does not have {bundle.Digest}.");
        }
    }

    protected override Wire.TensorBundle Update() => With(Work.Bundles.Single(), _digest);

    protected override async Task ReportAsync(Wire.ResultReport report)
    {
        if (await _reporter.ReportAsync(report, CancellationToken.None) is not ReportOutcome.Accepted and var outcome)
        {
            throw new InvalidOperationException($"The report was answered {outcome}.");
        }
    }

    protected override void Dispose(bool disposing)
    {
        _gateway.Dispose();
        _folder.Dispose();
    }
}
