using Actors.Cli.Composition;
using Actors.Cli.Quickstart;

namespace Actors.Cli.Rehearsals;

/// <summary>
/// Runs a federation of real processes twice, undisturbed and while its processes are killed, and compares. A folder that holds
/// a rehearsal of the same federation already is not prepared again, so that another seed costs its disturbed run only.
/// </summary>
internal sealed class Rehearsal(RehearsalWorkspace workspace, RehearsalOptions options, Terminal terminal, TimeProvider clock)
{
    private const string Done = "done";

    private readonly LocalFederation _prepared = new(Path.Combine(options.Folder, "prepared"), workspace.Name, workspace.Collaborators);

    private IReadOnlyList<string> Names => [.. workspace.Collaborators.Select(one => one.Name)];

    /// <summary>Runs it.</summary>
    /// <exception cref="CommandException">A process failed, or the federation stood still.</exception>
    public async Task<RehearsalOutcome> RunAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var undisturbed = await UndisturbedAsync(cancellationToken);

        terminal.Say($"The disturbed run, seed {options.Seed}: {options.Kills} kills{(options.Vanishing is { } gone ? $", {gone.Sites} vanish in round {gone.InRound}" : "")}");
        var happenings = new Happenings(terminal.Say);
        var run = Run(Copy(Path.Combine(options.Folder, $"seed-{options.Seed}")), happenings);
        var disturbed = await run.RunAsync(
            KillSchedule.Draw(options.Seed, options.Kills, Names), options.Vanishing, options.Seed, cancellationToken);
        return new(RehearsalReport.Of(options.Seed, happenings, undisturbed, disturbed), undisturbed, disturbed, options);
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var identity = Path.Combine(options.Folder, "rehearsal");
        if (File.Exists(identity))
        {
            if (await File.ReadAllTextAsync(identity, cancellationToken) != workspace.Identity)
            {
                throw new CommandException($"{options.Folder} holds a rehearsal of another federation. Choose another folder: --workdir FOLDER");
            }

            return;
        }

        if (Directory.Exists(options.Folder) && Directory.EnumerateFileSystemEntries(options.Folder).Any())
        {
            throw new CommandException($"{options.Folder} is not empty and holds no rehearsal. Choose another folder: --workdir FOLDER");
        }

        await _prepared.PrepareAsync(workspace.Make, terminal.Say, cancellationToken);
        await File.WriteAllTextAsync(identity, workspace.Identity, cancellationToken);
    }

    private async Task<RunResult> UndisturbedAsync(CancellationToken cancellationToken)
    {
        var folder = Path.Combine(options.Folder, "undisturbed");
        if (File.Exists(Path.Combine(folder, Done)))
        {
            return Run(_prepared.In(folder), new Happenings(terminal.Say)).ReadResult();
        }

        terminal.Say($"The undisturbed run: an aggregator and {Names.Count} collaborators, each a process of its own, over mutual TLS");
        var result = await Run(Copy(folder), new Happenings(terminal.Say))
            .RunAsync(KillSchedule.None(Names), null, options.Seed, cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, Done), "", cancellationToken);
        return result;
    }

    // What an earlier run left in the folder is in nobody's way.
    private LocalFederation Copy(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        FolderCopy.Copy(Path.Combine(options.Folder, "prepared"), folder, skip: ["logs"]);
        return _prepared.In(folder);
    }

    private FederationRun Run(LocalFederation federation, Happenings happenings) =>
        new(federation, WorkspacePlan.Running(_prepared.Aggregator, terminal), options.Patience, happenings, clock);
}
