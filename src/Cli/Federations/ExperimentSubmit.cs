using System.CommandLine;

using Actors.Experiments.Federations;

namespace Actors.Cli.Federations;

/// <summary><c>fx experiment submit</c></summary>
internal static class ExperimentSubmit
{
    private static readonly Option<string> Workspace = new("--workspace", "-w") { Description = "The workspace's folder; its plan is initialised.", Required = true };
    private static readonly Option<string> Name = new("--name", "-n") { Description = "The experiment's name. Default: the workspace's." };
    private static readonly Option<string> Collaborators = new("--collaborators", "-c") { Description = "Who is asked to take part, as one,two. Default: everybody." };

    private static readonly Option<double> AnswersWithin = new("--answers-within")
    {
        Description = "Minutes to wait for the hosts' answers; then it starts with those who accepted. Default: until all have answered.",
    };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("submit", "Build, sign and submit a workspace as an experiment of the long-lived federation.").Does(
            "fx experiment submit --workspace ../digits --name digits-1",
            [Workspace, Name, Collaborators, AnswersWithin, ExperimentOptions.Operator],
            (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var federation = ExperimentOptions.Open(parsed, terminal);
        using var package = await ExperimentPackage.PrepareAsync(
            terminal.PathOf(parsed.GetRequiredValue(Workspace)), parsed.GetValue(Name), cancellationToken);
        var minutes = parsed.GetValue(AnswersWithin);
        var experiment = await federation.SubmitAsync(
            package,
            new()
            {
                Collaborators = parsed.GetValue(Collaborators)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [],
                AnswersWithin = minutes > 0 ? TimeSpan.FromMinutes(minutes) : null,
            },
            cancellationToken);
        terminal.Say($"The experiment {experiment.Name} is submitted. Next: fx experiment status -n {experiment.Name}");
        return ExitCode.Ok;
    }
}
