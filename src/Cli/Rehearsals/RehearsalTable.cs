using System.Globalization;

using Spectre.Console;

namespace Actors.Cli.Rehearsals;

/// <summary>Shows people what a rehearsal came to.</summary>
internal static class RehearsalTable
{
    /// <summary>Shows it.</summary>
    public static void Show(RehearsalOutcome outcome, Terminal terminal)
    {
        var (report, results) = (outcome.Report, outcome.Disturbed.Results);
        var killed = report.Kills.Values.Sum();
        var table = new Table().AddColumns("what", "result");
        table.AddRow("rounds completed", $"{report.RoundsCompleted} of {outcome.Undisturbed.Rounds.Count}");
        table.AddRow("processes killed", string.Create(CultureInfo.InvariantCulture, $"{killed}: {Kinds(report)}"));
        table.AddRow("results acknowledged", results.Acknowledged.ToString(CultureInfo.InvariantCulture));
        table.AddRow("  of these lost", results.Lost.ToString(CultureInfo.InvariantCulture));
        if (results.LeftOut > 0)
        {
            table.AddRow(outcome.IsAsynchronous ? "  still waiting for a version" : "  of rounds closed without their site", results.LeftOut.ToString(CultureInfo.InvariantCulture));
        }

        table.AddRow("recovery", string.Create(
            CultureInfo.InvariantCulture, $"median {report.RecoverySeconds.Median:F1} s, longest {report.RecoverySeconds.Max:F1} s"));
        table.AddRow("same model", Sameness(outcome));
        terminal.Output.Write(table);
        terminal.Say(outcome.Holds ? "Nothing was lost." : "The rehearsal failed.");
        if (killed < outcome.Options.Kills)
        {
            terminal.Say($"The federation ended after {killed} of {outcome.Options.Kills} kills; more rounds leave time for more: --rounds N");
        }
    }

    private static string Kinds(RehearsalReport report) =>
        string.Join(", ", report.Kills.Where(kind => kind.Value > 0).Select(kind => $"{kind.Key} {kind.Value.ToString(CultureInfo.InvariantCulture)}"));

    private static string Sameness(RehearsalOutcome outcome) =>
        outcome.Report.Equal ? $"yes, {outcome.Report.DisturbedSha256[..16]}..."
        : outcome.MustBeEqual ? $"NO: {outcome.Report.UndisturbedSha256[..16]}... undisturbed, {outcome.Report.DisturbedSha256[..16]}... disturbed"
        : outcome.IsAsynchronous ? "no: without rounds it is a matter of time what a version folds in"
        : $"no, as rounds closed without the sites that vanished: {WithoutSome(outcome)}";

    private static string WithoutSome(RehearsalOutcome outcome)
    {
        var rounds = outcome.Disturbed.Rounds
            .Where((round, index) => index >= outcome.Undisturbed.Rounds.Count || round.Counted.Count < outcome.Undisturbed.Rounds[index].Counted.Count)
            .Select(round => round.Round)
            .ToList();
        return rounds.Count switch
        {
            0 => "none",
            1 => rounds[0].ToString(CultureInfo.InvariantCulture),
            _ => string.Create(CultureInfo.InvariantCulture, $"{rounds.Count} of them, from {rounds[0]} to {rounds[^1]}"),
        };
    }
}
