using System.CommandLine;

using Actors.Cli.Federations;
using Actors.Experiments.Federations;

using Grpc.Core;

using Wire = Actors.Contracts.Wire;

namespace Actors.Cli.Operations;

/// <summary><c>fx experiment …</c>: of the aggregator in this workspace, and of a long-lived federation.</summary>
internal static class ExperimentCommands
{
    private static readonly Option<string> Reason = new("--reason") { Description = "Why; collaborators and the log are told.", DefaultValueFactory = _ => "" };
    private static readonly Option<bool> Silent = new("--silent", "-s") { Description = "Stop without asking." };

    private static readonly Option<string> Name = new("--name", "-n") { Description = "An experiment of a long-lived federation. Default: the one of the aggregator in this workspace." };

    /// <summary>The group.</summary>
    public static Command Build(Terminal terminal) => CommandGroup.Of(
        "experiment",
        "The experiment that the aggregator in this workspace runs, and those of a long-lived federation.",
        [
            ExperimentSubmit.Build(terminal),
            .. ExperimentQueries.Build(terminal),
            ExperimentReview.Build(terminal),
            .. Orders(terminal),
        ]);

    private static IEnumerable<Command> Orders(Terminal terminal) =>
    [
        new Command("pause", "Hand out no work until it is resumed. Results that come are taken; the running round may close.").Does(
            "fx experiment pause --reason \"network maintenance\"",
            [Name, Reason, ExperimentOptions.Operator],
            (parsed, cancellation) => OrderAsync(
                parsed,
                terminal,
                experiment => experiment.PauseAsync(parsed.GetRequiredValue(Reason), cancellation),
                (aggregator, options) => aggregator.PauseAsync(new() { Reason = parsed.GetValue(Reason) }, options),
                "paused",
                cancellation)),
        new Command("resume", "Go on after a pause.").Does(
            "fx experiment resume",
            [Name, ExperimentOptions.Operator],
            (parsed, cancellation) => OrderAsync(
                parsed,
                terminal,
                experiment => experiment.ResumeAsync(cancellation),
                (aggregator, options) => aggregator.ResumeAsync(new(), options),
                "running",
                cancellation)),
        new Command("stop", "End the experiment before its time; the newest model stays.").Does(
            "fx experiment stop -s --reason \"good enough\"", [Name, Reason, Silent, ExperimentOptions.Operator], (parsed, cancellation) => StopAsync(parsed, terminal, cancellation)),
    ];

    private static async Task<int> StopAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        if (!parsed.GetValue(Silent) && !terminal.Confirm("End the experiment for good", "--silent"))
        {
            terminal.Say("Not stopped.");
            return ExitCode.Failed;
        }

        return await OrderAsync(
            parsed,
            terminal,
            experiment => experiment.StopAsync(parsed.GetRequiredValue(Reason), cancellationToken),
            (aggregator, options) => aggregator.StopAsync(new() { Reason = parsed.GetValue(Reason) }, options),
            "stopped",
            cancellationToken);
    }

    // Of a long-lived federation when it is named, else of the aggregator here.
    private static async Task<int> OrderAsync(
        ParseResult parsed,
        Terminal terminal,
        Func<FederatedExperiment, Task<ExperimentReport>> orderByName,
        Func<Wire.Operator.OperatorClient, CallOptions, AsyncUnaryCall<Wire.OperatorReply>> order,
        string wanted,
        CancellationToken cancellationToken)
    {
        if (parsed.GetValue(Name) is { } name)
        {
            using var federation = ExperimentOptions.Open(parsed, terminal);
            var report = await orderByName(federation.Find(name));
            terminal.Say($"The experiment {report.Name} is {report.State.ToString().ToLowerInvariant()}{(report.Reason.Length > 0 ? $": {report.Reason}" : "")}");
            return ExitCode.Ok;
        }

        using var aggregator = OperatorConnection.Open(terminal);
        var reply = await aggregator.CallAsync(order, cancellationToken);
        var why = reply.Reason.Length > 0 ? $": {reply.Reason}" : "";
        if (reply.Lifecycle != wanted)
        {
            throw new CommandException($"The experiment is {reply.Lifecycle}{why}. Nothing was changed.");
        }

        terminal.Say($"The experiment is {reply.Lifecycle} at round {reply.Round}{why}.");
        return ExitCode.Ok;
    }
}
