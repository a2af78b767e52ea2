using System.CommandLine;

using Actors.Experiments.Federations;

namespace Actors.Cli.Federations;

/// <summary><c>fx experiment review</c>: on a collaborator's machine a person looks at an experiment and decides.</summary>
internal static class ExperimentReview
{
    private static readonly Option<string> Name = new("--name", "-n") { Description = "The experiment's name. Leave it out to see which are here." };

    private static readonly Option<string> Collaborator = new("--collaborator", "-c")
    {
        Description = "Whose host. Default: the only one whose certificate is in this folder.",
    };

    private static readonly Option<bool> Approve = new("--approve") { Description = "Take part, without asking." };
    private static readonly Option<bool> Refuse = new("--refuse") { Description = "Do not take part, without asking." };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why, for the operators.", DefaultValueFactory = _ => "" };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("review", "Look at the plan and the code of an experiment on a collaborator's machine, and decide whether to take part.").Does(
            "fx experiment review -n digits-1",
            [Name, Collaborator, Approve, Refuse, Reason],
            (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var host = FederationHost.Open(terminal.Folder, parsed.GetValue(Collaborator), terminal.Clock);
        if (parsed.GetValue(Name) is not { } name)
        {
            var here = host.Experiments;
            terminal.Say(here.Count == 0 ? "No experiment is here." : "Experiments that are here; look at one with --name:");
            foreach (var one in here)
            {
                terminal.Say($"  {one.Name}: {StateOf(one)}");
            }

            return ExitCode.Ok;
        }

        if (parsed.GetValue(Approve) && parsed.GetValue(Refuse))
        {
            throw new CommandException("Say one of --approve and --refuse, not both.", ExitCode.Refused);
        }

        var experiment = host.Find(name);
        Show(experiment, terminal);
        var accepts = parsed.GetValue(Approve)
            || (!parsed.GetValue(Refuse) && terminal.Confirm($"Take part in {name} with the data of {host.Collaborator}", "--approve or --refuse"));
        var reason = parsed.GetRequiredValue(Reason);
        var remark = await (accepts ? experiment.ApproveAsync(reason, cancellationToken) : experiment.RefuseAsync(reason, cancellationToken));
        terminal.Say(remark ?? $"{name} is {(accepts ? "approved" : "refused")}; the federation knows.");
        return ExitCode.Ok;
    }

    private static void Show(HostedExperiment experiment, Terminal terminal)
    {
        terminal.Say($"{experiment.Name}, signed by {experiment.Author}, is {StateOf(experiment)}. Its workspace is {experiment.Workspace}.");
        terminal.Say($"--- plan/plan.yaml\n{experiment.Plan}");
        foreach (var (path, text) in experiment.Sources)
        {
            terminal.Say($"--- {path}\n{text}");
        }

        terminal.Say("Whether the built code is what these sources say: in the workspace's folder run fx workspace verify.");
    }

    private static string StateOf(HostedExperiment experiment) => experiment.Accepts switch
    {
        null => "not decided yet",
        true => $"accepted: {experiment.Reason}",
        false => $"refused: {experiment.Reason}",
    };
}
