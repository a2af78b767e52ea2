using System.Globalization;

using Spectre.Console;

using Wire = Actors.Contracts.Wire;

namespace Actors.Cli.Operations;

/// <summary>A status as a person reads it.</summary>
internal static class StatusView
{
    /// <summary>Writes it.</summary>
    public static void Write(Wire.ExperimentStatus status, Terminal terminal, DateTimeOffset now)
    {
        var why = status.Reason.Length > 0 ? $": {status.Reason}" : "";
        terminal.Say($"Experiment {status.Experiment} is {status.Lifecycle}, {status.Round} of {status.Rounds} rounds done{why}");
        if (status.Running is { } running)
        {
            terminal.Say(Describe(status.Round, running, now));
        }

        if (status.LastMetrics.Count > 0)
        {
            terminal.Say($"Last round: {string.Join(", ", status.LastMetrics.Select(metric => $"{metric.Task} {metric.Name} {Number(metric.Value)}"))}");
        }

        if (status.Best is { } best)
        {
            terminal.Say($"Best model: that of round {best.Round}, {best.Task} {best.Metric} {Number(best.Score)}");
        }

        foreach (var alarm in status.Alarms)
        {
            terminal.Say($"ALARM: {alarm}");
        }

        var table = new Table().AddColumns("collaborator", "is", "last call", "this round", "remarks");
        foreach (var collaborator in status.Collaborators)
        {
            table.AddRow(
                Markup.Escape(collaborator.Name),
                collaborator.Presence.ToString().ToLowerInvariant(),
                collaborator.LastSeen is { } seen ? $"{Ago(now - seen.ToDateTimeOffset())} ago" : "never",
                collaborator.Outstanding ? "awaited" : "",
                Remarks(collaborator));
        }

        terminal.Output.Write(table);
    }

    private static string Describe(int round, Wire.RunningRound running, DateTimeOffset now)
    {
        var deadline = running.Deadline is { } due ? $", deadline in {Ago(due.ToDateTimeOffset() - now)}" : "";
        var attempt = running.Attempt > 0 ? $", its deadline has passed {running.Attempt} times with too few" : "";
        return running.Closing
            ? $"Round {round}: aggregating the results of {running.Complete} collaborators"
            : $"Round {round}: open for {Ago(now - running.OpenedAt.ToDateTimeOffset())}, {running.Complete} of {running.Assigned} collaborators have "
                + $"reported, {running.Needed} needed{deadline}{attempt}";
    }

    private static string Remarks(Wire.CollaboratorStatus collaborator) => collaborator switch
    {
        { Flapping: true } => $"comes and goes: gone {collaborator.Losses} times",
        { Losses: > 0 } => $"gone {collaborator.Losses} times",
        _ => "",
    };

    private static string Number(double value) => value.ToString("G5", CultureInfo.InvariantCulture);

    private static string Ago(TimeSpan span) => span switch
    {
        { TotalSeconds: < 1 } => "0 s",
        { TotalMinutes: < 2 } => $"{span.TotalSeconds:0} s",
        { TotalHours: < 2 } => $"{span.TotalMinutes:0} min",
        _ => $"{span.TotalHours:0} h",
    };
}
