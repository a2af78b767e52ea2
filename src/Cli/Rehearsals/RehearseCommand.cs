using System.CommandLine;

using Actors.Cli.Quickstart;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Rehearsals;

/// <summary><c>fx rehearse</c></summary>
internal static class RehearseCommand
{
    private const int DefaultCollaborators = 4;
    private const int DefaultRounds = 10;

    private static readonly Option<string> Template = new("--template")
    {
        Description = "Rehearse a workspace template. Default: the workspace in this folder; the template 'synthetic' where there is none.",
    };

    private static readonly Option<int?> Collaborators = NumberOption.Optional(
        "--collaborators", $"How many collaborators a template's federation has. Default: {DefaultCollaborators}.", 1);

    private static readonly Option<int?> Rounds = NumberOption.Optional("--rounds", $"How many rounds. Default: what the plan says; {DefaultRounds} for a template.", 1);
    private static readonly Option<int?> Kills = NumberOption.Optional("--kills", "How many processes are killed. Default: 13, one of each kind; 0 with --vanish.", 0);
    private static readonly Option<int?> Seed = NumberOption.Optional("--seed", "Draws who is killed how; the same seed draws the same. Default: 0.", 0);
    private static readonly Option<int?> Vanish = NumberOption.Optional("--vanish", "How many collaborators vanish at once.", 1);
    private static readonly Option<int?> InRound = NumberOption.Optional("--in-round", "In which round they vanish, from 0.", 0);
    private static readonly Option<int?> ReturnAfter = NumberOption.Optional("--return-after", "After how many seconds they are back. Default: never.", 0);

    private static readonly Option<int> Patience = new("--patience")
    {
        Description = "For how many seconds no round may close before the rehearsal gives up.",
        DefaultValueFactory = _ => 120,
    };

    private static readonly Option<string> Json = new("--json") { Description = "A file for the report as JSON.", HelpName = "FILE" };

    private static readonly Option<string> Folder = new("--workdir")
    {
        Description = "The folder to work in; kept. One that holds a rehearsal of the same federation is not prepared again. Default: a new temporary one.",
    };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal)
    {
        var command = new Command(
            "rehearse",
            "Rehearse a federation on this machine: run it, run it again while its processes are killed, and compare.").Does(
            "fx rehearse --kills 20 --seed 7\n         fx rehearse --vanish 2 --in-round 40 --rounds 60\n         fx rehearse --template synthetic --collaborators 8 --json report.json",
            [Template, Collaborators, Rounds, Kills, Seed, Vanish, InRound, ReturnAfter, Patience, Json, Folder],
            (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));
        command.Validators.Add(result =>
        {
            if (result.GetValue(Vanish) is null != result.GetValue(InRound) is null)
            {
                result.AddError("--vanish and --in-round belong together: write both, such as --vanish 2 --in-round 40.");
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var workspace = WorkspaceOf(parsed, terminal);
        var vanishing = parsed.GetValue(Vanish) is { } sites
            ? new Vanishing(sites, parsed.GetValue(InRound)!.Value, parsed.GetValue(ReturnAfter) is { } seconds ? TimeSpan.FromSeconds(seconds) : null)
            : null;
        if (vanishing?.Sites > workspace.Collaborators.Count)
        {
            throw new CommandException($"--vanish is {vanishing.Sites}, but only {workspace.Collaborators.Count} collaborators take part. Write a smaller number.");
        }

        var folder = parsed.GetValue(Folder) is { } given ? terminal.PathOf(given) : Directory.CreateTempSubdirectory("fx-rehearsal-").FullName;
        var options = new RehearsalOptions(
            folder,
            parsed.GetValue(Kills) ?? (vanishing is null ? KillKinds.All.Count : 0),
            parsed.GetValue(Seed) ?? 0,
            vanishing,
            TimeSpan.FromSeconds(parsed.GetValue(Patience)));
        var outcome = await new Rehearsal(workspace, options, terminal, terminal.Clock).RunAsync(cancellationToken);
        if (parsed.GetValue(Json) is { } json)
        {
            await File.WriteAllTextAsync(terminal.PathOf(json), outcome.Report.ToJson(), cancellationToken);
        }

        RehearsalTable.Show(outcome, terminal);
        terminal.Say($"The nodes' folders and logs: {folder}");
        return outcome.Holds ? ExitCode.Ok : ExitCode.Failed;
    }

    private static RehearsalWorkspace WorkspaceOf(ParseResult parsed, Terminal terminal)
    {
        var layout = new WorkspaceLayout(terminal.Folder);
        var template = parsed.GetValue(Template);
        if (template is not null || !File.Exists(layout.MarkerFile))
        {
            return RehearsalWorkspace.OfTemplate(
                template ?? RehearsalWorkspace.DefaultTemplate,
                parsed.GetValue(Collaborators) ?? DefaultCollaborators,
                parsed.GetValue(Rounds) ?? DefaultRounds);
        }

        return parsed.GetValue(Collaborators) is null
            ? RehearsalWorkspace.Of(layout, parsed.GetValue(Rounds))
            : throw new CommandException("--collaborators is for templates; who takes part in this workspace's rehearsal is in its plan/cols.yaml and plan/data.yaml.");
    }
}
