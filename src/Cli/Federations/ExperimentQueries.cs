using System.CommandLine;
using System.Globalization;

using Actors.Cli.Operations;
using Actors.Experiments.Composition;
using Actors.Experiments.Federations;

using Spectre.Console;

namespace Actors.Cli.Federations;

/// <summary><c>fx experiment list | status | metrics | model | remove</c></summary>
internal static class ExperimentQueries
{
    private static readonly Option<bool> Best = new("--best") { Description = "The best model in place of the last." };
    private static readonly Option<string> Output = new("--output", "-f") { Description = "The file to write.", Required = true };
    private static readonly Option<bool> Silent = new("--silent", "-s") { Description = "Remove without asking." };

    /// <summary>The commands.</summary>
    public static IEnumerable<Command> Build(Terminal terminal) =>
    [
        new Command("list", "All experiments of the long-lived federation.").Does(
            "fx experiment list", [ExperimentOptions.Operator], (parsed, cancellation) => ListAsync(parsed, terminal, cancellation)),
        new Command("status", "Where an experiment of the long-lived federation stands, and what its hosts say.").Does(
            "fx experiment status -n digits-1",
            [ExperimentOptions.Name, ExperimentOptions.Operator],
            (parsed, cancellation) => ExperimentOptions.WithAsync(
                parsed, terminal, async experiment => Show(await experiment.GetReportAsync(cancellation), terminal))),
        new Command("metrics", "The metrics of an experiment's rounds, each as soon as it is there, until the end.").Does(
            "fx experiment metrics -n digits-1",
            [ExperimentOptions.Name, ExperimentOptions.Operator],
            (parsed, cancellation) => ExperimentOptions.WithAsync(parsed, terminal, experiment => FollowAsync(experiment, terminal, cancellation))),
        new Command("model", "Fetch an experiment's newest or best model.").Does(
            "fx experiment model -n digits-1 -f digits.pbuf",
            [ExperimentOptions.Name, Output, Best, ExperimentOptions.Operator],
            (parsed, cancellation) => ExperimentOptions.WithAsync(parsed, terminal, experiment => SaveAsync(experiment, parsed, terminal, cancellation))),
        new Command("remove", "Delete an experiment that is over, with all that it came to.").Does(
            "fx experiment remove -n digits-1 -s",
            [ExperimentOptions.Name, Silent, ExperimentOptions.Operator],
            (parsed, cancellation) => RemoveAsync(parsed, terminal, cancellation)),
    ];

    private static async Task<int> ListAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var federation = ExperimentOptions.Open(parsed, terminal);
        var table = new Table().AddColumns("experiment", "is", "rounds", "author", "submitted", "remarks");
        foreach (var experiment in await federation.GetExperimentsAsync(cancellationToken))
        {
            table.AddRow(
                Markup.Escape(experiment.Name),
                StateOf(experiment),
                experiment.Rounds > 0 ? $"{experiment.Round} of {experiment.Rounds}" : "",
                Markup.Escape(experiment.Author),
                experiment.SubmittedAt.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                Markup.Escape(experiment.Reason));
        }

        terminal.Output.Write(table);
        return ExitCode.Ok;
    }

    private static void Show(ExperimentReport report, Terminal terminal)
    {
        terminal.Say($"{report.Name} is {StateOf(report)}{(report.Reason.Length > 0 ? $": {report.Reason}" : "")}");
        terminal.Say($"Its author is {report.Author}; {report.Submitter} submitted it at {report.SubmittedAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC.");
        foreach (var host in report.Hosts)
        {
            terminal.Say($"  {host.Collaborator}: {(host.Answer == "none" ? "no answer yet" : host.Answer)}{(host.Reason.Length > 0 ? $", {host.Reason}" : "")}");
        }

        if (report.Status is { } status)
        {
            StatusView.Write(status, terminal, terminal.Clock.GetUtcNow());
        }
    }

    private static async Task FollowAsync(FederatedExperiment experiment, Terminal terminal, CancellationToken cancellationToken)
    {
        await foreach (var round in experiment.StreamMetricsAsync(cancellationToken))
        {
            terminal.Say(RoundTable.Describe(round));
        }

        var report = await experiment.GetReportAsync(cancellationToken);
        terminal.Say($"{report.Name} is {StateOf(report)}{(report.Reason.Length > 0 ? $": {report.Reason}" : "")}");
    }

    private static async Task SaveAsync(FederatedExperiment experiment, ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var path = terminal.PathOf(parsed.GetRequiredValue(Output));
        await (parsed.GetValue(Best) ? experiment.SaveBestModelAsync(path, cancellationToken) : experiment.SaveLastModelAsync(path, cancellationToken));
        terminal.Say($"{path} holds the {(parsed.GetValue(Best) ? "best" : "last")} model of {experiment.Name}.");
    }

    private static Task<int> RemoveAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var name = parsed.GetRequiredValue(ExperimentOptions.Name);
        return ExperimentOptions.WithAsync(parsed, terminal, async experiment =>
        {
            if (!parsed.GetValue(Silent) && !terminal.Confirm($"Delete {name} with its models for good", "--silent"))
            {
                throw new CommandException("Not removed.");
            }

            await experiment.RemoveAsync(cancellationToken);
            terminal.Say($"{name} is removed.");
        });
    }

    private static string StateOf(ExperimentReport report) => report.State.ToString().ToLowerInvariant();
}
