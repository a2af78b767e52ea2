using System.Text.Json;

using Actors.Cli.Composition;
using Actors.Contracts.Plans;

namespace Actors.Cli.Quickstart;

/// <summary>Runs a local federation from its first file to its summary.</summary>
internal sealed class QuickstartRun(QuickstartOptions options, Terminal terminal)
{
    private readonly LocalFederation _federation = new(options.Folder, options.Template, options.LocalCollaborators);

    private string MetricsPath => new MetricsFile(_federation.Aggregator).Path;

    /// <summary>Runs it.</summary>
    /// <exception cref="CommandException">A process failed; the message shows what it wrote last.</exception>
    public async Task<QuickstartSummary> RunAsync(CancellationToken cancellationToken)
    {
        await _federation.PrepareAsync(layout => TemplateWorkspace.Make(options, layout), terminal.Say, cancellationToken);
        terminal.Say($"Starting the aggregator and {options.Collaborators} collaborators, each a process of its own, over mutual TLS");
        using var silo = FxProcess.Start("the aggregator", _federation.Aggregator.Root, _federation.LogOf("aggregator"), "aggregator", "start");
        var collaborators = new List<FxProcess>();
        try
        {
            foreach (var name in options.Names)
            {
                collaborators.Add(FxProcess.Start(
                    name, _federation.Collaborator(name).Root, _federation.LogOf(name), "collaborator", "start", "-n", name));
            }

            await WatchAsync(silo, collaborators, cancellationToken);
            return await SummariseAsync(silo, collaborators, cancellationToken);
        }
        finally
        {
            collaborators.ForEach(process => process.Dispose());
        }
    }

    private async Task WatchAsync(FxProcess silo, List<FxProcess> collaborators, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var showing = new RoundView(terminal, MetricsPath, options.Rounds).ShowAsync(done.Token);
        try
        {
            var running = collaborators.Append(silo).ToDictionary(process => process.WaitAsync(cancellationToken));
            while (running.Count > 0)
            {
                var ended = await Task.WhenAny(running.Keys);
                await ended;
                running.Remove(ended, out var process);
                process!.RequireSuccess();
            }
        }
        finally
        {
            await done.CancelAsync();
            await showing;
        }
    }

    private async Task<QuickstartSummary> SummariseAsync(FxProcess silo, List<FxProcess> collaborators, CancellationToken cancellationToken)
    {
        var plan = WorkspacePlan.Running(_federation.Aggregator, terminal);
        var rounds = RoundLine.ReadAll(MetricsPath);
        var last = _federation.Aggregator.Resolve(plan.Aggregator.LastStatePath);
        return new(
            options.Template,
            options.Collaborators,
            rounds,
            Initial(plan, rounds),
            await EvaluateAsync(last, cancellationToken),
            new(SavedModel.At(last)!, SavedModel.At(_federation.Aggregator.Resolve(plan.Aggregator.BestStatePath))),
            ProcessUse.Of(silo),
            collaborators.ToDictionary(process => process.Name, ProcessUse.Of));
    }

    // Round 0 validates the initial model before anybody trains.
    private static IReadOnlyDictionary<string, double> Initial(Plan plan, IReadOnlyList<RoundLine> rounds) =>
        plan.Tasks.FirstOrDefault(task => task.Apply == TaskModel.Global) is { } task
            && rounds.Count > 0 && rounds[0].Metrics.TryGetValue(task.Name, out var metrics)
                ? metrics
                : new Dictionary<string, double>();

    // The last model is newer than the last round's validation: it is measured once more, on every collaborator's data.
    private async Task<IReadOnlyDictionary<string, double>> EvaluateAsync(string model, CancellationToken cancellationToken)
    {
        var sums = new Dictionary<string, (double Sum, double Samples)>();
        foreach (var name in options.Names)
        {
            var output = await FxProcess.RunAsync(
                _federation.Collaborator(name).Root, _federation.LogOf("evaluation"), cancellationToken,
                "model", "evaluate", "-i", model, "-n", name, "--json");
            var json = JsonDocument.Parse(output.Trim().Split('\n')[^1]).RootElement;
            var samples = json.GetProperty("samples").GetInt64();
            foreach (var metric in json.GetProperty("metrics").EnumerateObject())
            {
                var (sum, weight) = sums.GetValueOrDefault(metric.Name);
                sums[metric.Name] = (sum + (metric.Value.GetDouble() * samples), weight + samples);
            }
        }

        return sums.ToDictionary(metric => metric.Key, metric => metric.Value.Sum / metric.Value.Samples);
    }
}
