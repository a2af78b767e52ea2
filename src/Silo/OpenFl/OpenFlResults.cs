using System.IO.Pipelines;

using Actors.Contracts.Identity;
using Actors.Contracts.Metrics;
using Actors.Contracts.OpenFl;
using Actors.Contracts.Tensors;
using Actors.Grains.Collaborators;
using Actors.Grains.Experiments;
using Actors.Grains.Hosting;
using Actors.Grains.Intake;
using Actors.Grains.Rounds;
using Actors.Grains.Tensors;

using Microsoft.Extensions.Logging;

namespace Actors.Silo.OpenFl;

/// <summary>
/// Brings the results of original collaborators to the same intake as all others: their tensors, in whatever order and packing
/// they come, are laid out as the experiment's model and stored before the report.
/// </summary>
internal sealed partial class OpenFlResults
{
    // Adam's two moments and the model itself, packed badly; and what stands around the numbers.
    private const int LargestUploadInModels = 8;
    private const long SmallestUploadLimit = 16L << 20;

    private readonly IGrainFactory _grains;
    private readonly AggregatorOptions _options;
    private readonly OpenFlOptions _openFl;
    private readonly ResultIntake _intake;
    private readonly ITensorStore _store;
    private readonly ILogger _logger;

    public OpenFlResults(
        IGrainFactory grains, AggregatorOptions options, OpenFlOptions openFl, ResultIntake intake, ITensorStore store, ILogger<OpenFlResults> logger)
    {
        (_grains, _options, _openFl, _intake, _store, _logger) = (grains, options, openFl, intake, store, logger);

        // What a crash left half received is of no use: the collaborator sends it again from its start.
        if (Directory.Exists(Arriving))
        {
            Directory.Delete(Arriving, recursive: true);
        }

        Directory.CreateDirectory(Arriving);
    }

    private string Arriving => Path.Combine(_openFl.Folder, "arriving");

    /// <summary>Takes in the bytes of a result; the caller disposes.</summary>
    public async Task<ArrivedResults> ReceiveAsync(PipeReader body, CancellationToken cancellationToken)
    {
        var current = await _grains.GetExperiment(_options.Experiment).GetCurrentAsync();
        var model = current.Bundles.Find(BundleKinds.Model)?.ByteLength ?? 0;
        var arrived = new ArrivedResults(Arriving, Math.Max(SmallestUploadLimit, model * LargestUploadInModels));
        try
        {
            await new DataStreamReader(body).ReadAsync(bytes => arrived.Append(bytes), cancellationToken);
            return arrived.Length > 0 ? arrived : throw OpenFlStatus.NothingArrived();
        }
        catch
        {
            arrived.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Offers a result. Returns when it is persisted, or of no use any more: late, or of a task that nobody waits for.
    /// </summary>
    /// <exception cref="Grpc.Core.RpcException">It is not taken.</exception>
    public async Task OfferAsync(CollaboratorName collaborator, ArrivedResults arrived, CancellationToken cancellationToken)
    {
        var results = arrived.Results;
        if (results.Round < 0)
        {
            throw OpenFlStatus.Never($"There is no round {results.Round}.");
        }

        var round = new RoundId(_options.Experiment, results.Round);
        var current = await _grains.GetExperiment(_options.Experiment).GetCurrentAsync();
        if (current.IsPast(round.Number) || round.Number != current.Round || await StandingAsync(collaborator, round, results.Task) != TaskStanding.Open)
        {
            LogUseless(_logger, collaborator, results.Task, round.Number, current.Round);
            return;
        }

        var offered = await Task.Run(() => Lay(collaborator, round, current, arrived), cancellationToken);
        var outcome = await _intake.OfferAsync(collaborator, offered, cancellationToken);
        LogReported(_logger, collaborator, round.Number, results.Task, outcome);
        switch (outcome)
        {
            case IntakeOutcome.Refused refused:
                throw OpenFlStatus.Never(refused.Message);
            case IntakeOutcome.BytesMissing:
                throw OpenFlStatus.Later("The result's tensors are gone from the store again.");
        }
    }

    private async Task<TaskStanding> StandingAsync(CollaboratorName collaborator, RoundId round, string task) =>
        IdentifierRule.Allows(task) ? await _grains.GetRound(round).StandingAsync(collaborator, task) : TaskStanding.NotAssigned;

    private OfferedResult Lay(CollaboratorName collaborator, RoundId round, CurrentRound current, ArrivedResults arrived)
    {
        var results = arrived.Results;
        var values = new TensorValues(arrived.File, _openFl.Pipeline);
        var update = new UpdateLayout(results.Tensors, _openFl.AveragesOptimizers);
        var manifests = new Dictionary<TensorDigest, ModelManifest>();
        var bundles = new List<TensorBundle>();
        if (update.HasUpdate)
        {
            var start = new PublishedRound(current.Bundles, bundle => _store.GetManifest(_options.Experiment, bundle.ManifestHash));
            var writer = new UpdateWriter(values, start, bundle => _store.Open(TensorScope.Models(_options.Experiment), bundle.Digest));
            foreach (var (kind, layout) in update.Layouts(_store.GetManifest(_options.Experiment, current.Bundles.Find(BundleKinds.Model)!.ManifestHash)))
            {
                using var stage = _store.CreateStage(current.UpdatesOf(collaborator, round), $"{collaborator}.{results.Task}.{kind}");
                writer.Write(layout, update.Find, stage);
                bundles.Add(new(kind, stage.Commit(), layout.Hash, layout.ByteLength));
                manifests[layout.Hash] = layout;
            }
        }

        return new(round, new(results.Task, SamplesOf(results), MetricsOf(results, values), bundles), manifests);
    }

    // A collaborator that does not know how many samples it used counts as one, as all do who do not know.
    private static long SamplesOf(TaskResultsFile results) => results.DataSize == -1 ? 1 : results.DataSize;

    private static List<Metric> MetricsOf(TaskResultsFile results, TensorValues values) =>
    [
        .. results.Tensors.Where(tensor => tensor.Tags.Contains(TensorTags.Metric)).Select(tensor => new Metric(tensor.Name, ScalarOf(tensor, values))),
    ];

    private static double ScalarOf(PackedTensor tensor, TensorValues values) => TensorValues.ShapeOf(tensor).ElementCount == 1
        ? values.Unpack(tensor)[0]
        : throw new InvalidDataException($"the metric '{tensor.Name}' of shape {TensorValues.ShapeOf(tensor)} is no number");

    [LoggerMessage(LogLevel.Information, "Collaborator {Collaborator} reported {Task} of round {Round}, which nobody waits for: the running round is {Current}")]
    private static partial void LogUseless(ILogger logger, CollaboratorName collaborator, string task, int round, int current);

    [LoggerMessage(LogLevel.Debug, "Collaborator {Collaborator} is sending task results for {Task}, round {Round}: {Outcome}")]
    private static partial void LogReported(ILogger logger, CollaboratorName collaborator, int round, string task, IntakeOutcome outcome);
}
