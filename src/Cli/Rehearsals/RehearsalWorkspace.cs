using System.Globalization;

using Actors.Cli.Composition;
using Actors.Cli.Quickstart;
using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Rehearsals;

/// <summary>What is rehearsed: a workspace's plan and code, or a template's, on this machine.</summary>
/// <param name="Name">The workspace's name.</param>
/// <param name="Collaborators">Who takes part.</param>
/// <param name="Make">Makes the aggregator's workspace.</param>
/// <param name="Identity">Says whether two rehearsals are of the same: what is prepared for one will do for the other then.</param>
internal sealed record RehearsalWorkspace(
    string Name, IReadOnlyList<LocalCollaborator> Collaborators, Action<WorkspaceLayout> Make, string Identity)
{
    /// <summary>The template that is rehearsed where no other is named and there is no workspace.</summary>
    public const string DefaultTemplate = "synthetic";

    // A model of 4 MB, and training that leaves a moment to be killed in.
    private const long SyntheticParameters = 1_000_000;
    private const string SyntheticSeconds = "0.2";

    private static readonly string[] Copied = ["plan", "src", "data"];

    /// <summary>Of a template.</summary>
    public static RehearsalWorkspace OfTemplate(string template, int collaborators, int rounds)
    {
        if (!Templates.Names.Contains(template))
        {
            throw new CommandException($"There is no template '{template}'; choose one of {string.Join(", ", Templates.Names)}.");
        }

        var options = new QuickstartOptions(template, collaborators, rounds, Seed: 0, Folder: "");
        return new(
            template,
            options.LocalCollaborators,
            layout =>
            {
                TemplateWorkspace.Make(options, layout);
                if (template == DefaultTemplate)
                {
                    Edit(layout, ["task_runner", "settings", "parameters"], SyntheticParameters.ToString(CultureInfo.InvariantCulture));
                    Edit(layout, ["task_runner", "settings", "train_seconds"], SyntheticSeconds);
                }
            },
            string.Create(CultureInfo.InvariantCulture, $"template {template}, {collaborators} collaborators, {rounds} rounds"));
    }

    /// <summary>Of a workspace; nothing is written into it.</summary>
    /// <param name="origin">The workspace.</param>
    /// <param name="rounds">How many rounds; null for what the plan says.</param>
    /// <exception cref="CommandException">It names no collaborators.</exception>
    public static RehearsalWorkspace Of(WorkspaceLayout origin, int? rounds)
    {
        var data = DataPaths.Read(origin.Root);
        WorkspacePlan.RequireNone(data.Problems, "plan/data.yaml");
        var listed = CollaboratorList.Read(origin.Root);
        WorkspacePlan.RequireNone(listed.Problems, "plan/cols.yaml");
        var names = listed.Names.Count > 0 ? listed.Names : [.. data.Entries.Select(entry => entry.Collaborator)];
        if (names.Count == 0)
        {
            throw new CommandException(
                "plan/cols.yaml and plan/data.yaml name no collaborator, so nobody takes part in the rehearsal. "
                + "Name one: fx collaborator create -n NAME -d PATH, or rehearse a template: fx rehearse --template synthetic");
        }

        var plan = File.ReadAllText(origin.PlanFile);
        return new(
            origin.Name,
            [.. names.Select(name => new LocalCollaborator(name, DataOf(origin, data, name)))],
            layout => Copy(origin, layout, rounds),
            $"workspace {origin.Root}, {rounds?.ToString(CultureInfo.InvariantCulture) ?? "its"} rounds\n{string.Join(", ", names)}\n{plan}");
    }

    // A relative path is seen from the collaborator's workspace, which is a new one in a rehearsal.
    private static string DataOf(WorkspaceLayout origin, DataPaths data, string name)
    {
        var path = data.Find(name)
            ?? throw new CommandException($"plan/data.yaml has no data for '{name}', which the rehearsal trains on. Run: fx collaborator create -n {name} -d PATH");
        return Path.Exists(origin.Resolve(path)) ? origin.Resolve(path) : path;
    }

    private static void Copy(WorkspaceLayout origin, WorkspaceLayout layout, int? rounds)
    {
        Directory.CreateDirectory(layout.Root);
        File.Copy(origin.MarkerFile, layout.MarkerFile);
        foreach (var folder in Copied.Where(folder => Directory.Exists(origin.Resolve(folder))))
        {
            FolderCopy.Copy(origin.Resolve(folder), layout.Resolve(folder), skip: ["bin", "obj"]);
        }

        // The running plan gets another address, so it is frozen no more.
        foreach (var frozen in FrozenPlan.FindAll(layout.Root))
        {
            File.SetAttributes(layout.Resolve(frozen.Path), FileAttributes.Normal);
            File.Delete(layout.Resolve(frozen.Path));
        }

        foreach (var made in new[] { layout.CertificateFolder, layout.LogFolder, layout.SaveFolder })
        {
            Directory.CreateDirectory(made);
        }

        File.WriteAllText(layout.CollaboratorsFile, "collaborators: []\n");
        WorkspaceProps.Write(layout, AppContext.BaseDirectory);
        Edit(layout, ["network", "settings", "agg_addr"], "localhost");
        Edit(layout, ["network", "settings", "agg_port"], LocalFederation.FreePort().ToString(CultureInfo.InvariantCulture));
        if (rounds is { } given)
        {
            Edit(layout, ["aggregator", "settings", "rounds_to_train"], given.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Edit(WorkspaceLayout layout, string[] keys, string value)
    {
        var text = File.ReadAllText(layout.PlanFile);
        File.WriteAllText(
            layout.PlanFile,
            YamlEdit.Set(text, keys, value) ?? throw new CommandException($"{string.Join('.', keys)} cannot be set in {layout.PlanFile}. Write it there by hand."));
    }
}
