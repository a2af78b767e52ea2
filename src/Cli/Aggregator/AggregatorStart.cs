using System.CommandLine;

using Actors.Cli.Composition;
using Actors.Contracts.Plans;
using Actors.Grains.Experiments;
using Actors.Silo;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Actors.Cli.Aggregator;

/// <summary><c>fx aggregator start</c></summary>
internal static class AggregatorStart
{
    private static readonly Option<string> PlanFile = new("--plan", "-p") { Description = "The plan. Default: plan/plan.yaml, or its frozen copy." };
    private static readonly Option<string> ColsFile = new("--authorized_cols", "-c") { Description = "Who may take part. Default: plan/cols.yaml." };
    private static readonly Option<string> Json = new("--json") { Description = "A file for what the experiment came to, as JSON.", HelpName = "FILE" };

    private static readonly Option<double> Grace = new("--grace")
    {
        Description = "Seconds to wait, after the last round, for collaborators that have not been told.",
        DefaultValueFactory = _ => 30,
    };

    private static readonly Option<string> DurabilityChoice = DurabilityOption.Make();

    private static readonly Option<bool> Fresh = new("--fresh")
    {
        Description = "Forget the state of an experiment that ran before and begin again at round 0.",
    };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("start", "Start the aggregator. Started again after a crash, it goes on where it was.").Does(
            "fx aggregator start",
            [PlanFile, ColsFile, EvaluationChoice.TaskGroup, EvaluationChoice.Model, Grace, DurabilityChoice, Fresh, Json],
            (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        var collaborators = parsed.GetValue(ColsFile) is { } file
            ? CollaboratorList.Parse(WorkspacePlan.ReadText(terminal, file))
            : CollaboratorList.Read(layout.Root);
        var planFile = parsed.GetValue(PlanFile);
        var plan = WorkspacePlan.Running(layout, terminal, planFile);
        var evaluation = EvaluationChoice.Of(parsed, layout, plan, terminal);
        var workspace = new AggregatorWorkspace(layout, plan, collaborators, planFile is null ? null : terminal.PathOf(planFile), evaluation);
        if (parsed.GetValue(Fresh))
        {
            workspace.Forget();
        }

        var options = workspace.Open(DurabilityOption.Of(parsed, DurabilityChoice), TimeSpan.FromSeconds(parsed.GetValue(Grace)));
        await using var app = AggregatorProcess.Build(
            options,
            FederationTrust.Of(layout, plan.Network, terminal.Clock),
            (here, there) => PlanDifference.First(here, there)?.ToString() ?? "",
            InTerminal.At(parsed.GetValue(LogLevelOption.Instance)));
        await app.StartAsync(cancellationToken);
        terminal.Say($"Experiment {options.Experiment}: listening on {options.Endpoint}, {options.Members.Count} collaborators may join.");
        await app.WaitForShutdownAsync(cancellationToken);
        var ending = app.Services.GetRequiredService<ExperimentEnding>();
        if (parsed.GetValue(Json) is { } json)
        {
            await File.WriteAllTextAsync(terminal.PathOf(json), ExperimentSummary.Of(ending, options).ToJson(), CancellationToken.None);
        }

        if (ending.Lifecycle.HasEnded())
        {
            workspace.Close();
        }

        return End(
            ending,
            evaluation is null ? $"The last model is {options.Files.LastModel}." : EvaluationReport.Of(evaluation, options.Files.Metrics),
            terminal);
    }

    private static int End(ExperimentEnding ending, string result, Terminal terminal)
    {
        var (message, code) = ending.Lifecycle switch
        {
            Lifecycle.Finished => ($"Finished. {result}", ExitCode.Ok),
            Lifecycle.Failed => ("The experiment failed; the log above says why.", ExitCode.Failed),
            Lifecycle.Stopped => ($"The experiment was stopped by its operator. {result}", ExitCode.Ok),
            _ => ("The aggregator was stopped. Started again with the same command, the experiment goes on.", ExitCode.Interrupted),
        };
        terminal.Say(message);
        return code;
    }
}
