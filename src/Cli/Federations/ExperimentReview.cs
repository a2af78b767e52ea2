using System.CommandLine;

using Actors.CollaboratorHost.Serving;
using Actors.Contracts.Workspaces;
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
        var node = FederationNode.Open(terminal.Folder, terminal.Clock);
        var collaborator = parsed.GetValue(Collaborator) ?? node.OnlyCollaborator();
        var here = ExperimentFolder.All(HostFolder.ExperimentsOf(node, collaborator))
            .Where(folder => folder.Workspace is not null)
            .Select(folder => (Folder: folder, Verdict: folder.Seal.Read().Verify(node.ProblemWithOperator)))
            .ToList();
        if (parsed.GetValue(Name) is not { } name)
        {
            terminal.Say(here.Count == 0 ? "No experiment is here." : "Experiments that are here; look at one with --name:");
            here.ForEach(one => terminal.Say($"  {one.Verdict.Digests?.Name ?? Path.GetFileName(one.Folder.Root)}: {StateOf(one.Folder)}"));
            return ExitCode.Ok;
        }

        if (parsed.GetValue(Approve) && parsed.GetValue(Refuse))
        {
            throw new CommandException("Say one of --approve and --refuse, not both.", ExitCode.Refused);
        }

        if (here.LastOrDefault(one => one.Verdict.Digests?.Name == name) is not { Folder: { } folder, Verdict: { Holds: true } verdict })
        {
            throw new CommandException($"No experiment '{name}' with a good signature is here. See which are: fx experiment review");
        }

        Show(folder, verdict.Digests!.Name, verdict.Author!, terminal);
        var accepts = parsed.GetValue(Approve)
            || (!parsed.GetValue(Refuse) && terminal.Confirm($"Take part in {name} with the data of {collaborator}", "--approve or --refuse"));
        var reason = parsed.GetValue(Reason) is { Length: > 0 } given ? given : accepts ? "approved after a review" : "refused after a review";
        folder.Decision = new(accepts, reason);
        using var certificate = node.LoadCollaborator(collaborator);
        using var answer = new ReviewAnswer(node.File.Gateway, node.Credentials(certificate), terminal.Clock);
        terminal.Say(await answer.SendAsync(folder, name, accepts, reason, cancellationToken) ?? $"{name} is {(accepts ? "approved" : "refused")}; the federation knows.");
        return ExitCode.Ok;
    }

    private static void Show(ExperimentFolder folder, string name, string author, Terminal terminal)
    {
        var layout = folder.Workspace!;
        terminal.Say($"{name}, signed by {author}, is {StateOf(folder)}. Its workspace is {layout.Root}.");
        terminal.Say($"--- plan/plan.yaml\n{File.ReadAllText(layout.PlanFile)}");
        foreach (var source in WorkspaceManifest.Read(layout).Sources)
        {
            terminal.Say($"--- {source.Path}\n{File.ReadAllText(Path.Combine(layout.Root, source.Path))}");
        }

        terminal.Say("Whether the built code is what these sources say: in the workspace's folder run fx workspace verify.");
    }

    private static string StateOf(ExperimentFolder folder) => folder.Decision switch
    {
        null => "not decided yet",
        { Accepts: true } accepted => $"accepted: {accepted.Reason}",
        var refused => $"refused: {refused.Reason}",
    };
}
