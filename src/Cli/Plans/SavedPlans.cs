using System.CommandLine;
using System.Text.Json;

using Actors.Cli.Composition;
using Actors.Contracts.Identity;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Plans;

/// <summary><c>fx plan print | save | switch | remove</c>: several plans in one workspace, under <c>plan/plans/NAME</c>.</summary>
internal static class SavedPlans
{
    private const string Default = "default";

    private static readonly Option<string> Name = new("--name", "-n") { Description = "The plan's name.", DefaultValueFactory = _ => Default };

    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON: name, hash of the plan that runs (null when it has problems), frozen copy." };

    /// <summary>The command <c>print</c>.</summary>
    public static Command BuildPrint(Terminal terminal) =>
        new Command("print", "Say which plan the workspace has.").Does("fx plan print", [Json], parsed =>
        {
            var layout = WorkspacePlan.Open(terminal.Folder);
            terminal.Say(parsed.GetValue(Json) ? Describe(layout) : Current(layout));
            return ExitCode.Ok;
        });

    /// <summary>The command <c>save</c>.</summary>
    public static Command BuildSave(Terminal terminal) =>
        new Command("save", "Keep the plan under a name and switch to it.").Does("fx plan save -n long_training", [Name], parsed =>
        {
            var (layout, name) = (WorkspacePlan.Open(terminal.Folder), Require(parsed));
            Keep(layout, name);
            if (!File.Exists(FileOf(layout, Default)))
            {
                // So that there is a way back.
                Keep(layout, Default);
            }

            SetCurrent(layout, name);
            terminal.Say($"The plan is saved as {name}.");
            return ExitCode.Ok;
        });

    /// <summary>The command <c>switch</c>.</summary>
    public static Command BuildSwitch(Terminal terminal) =>
        new Command("switch", "Make a saved plan the workspace's plan.").Does("fx plan switch -n long_training", [Name], parsed =>
        {
            var (layout, name) = (WorkspacePlan.Open(terminal.Folder), Require(parsed));
            Switch(layout, name);
            terminal.Say($"The plan is {name} now. Run fx plan initialize before you start it.");
            return ExitCode.Ok;
        });

    /// <summary>The command <c>remove</c>.</summary>
    public static Command BuildRemove(Terminal terminal) =>
        new Command("remove", "Delete a saved plan and switch to the default one.").Does("fx plan remove -n long_training", [Name], parsed =>
        {
            var (layout, name) = (WorkspacePlan.Open(terminal.Folder), Require(parsed));
            if (name == Default)
            {
                throw new CommandException("The plan 'default' cannot be removed; name another.");
            }

            RequireSaved(layout, name);
            Directory.Delete(Path.GetDirectoryName(FileOf(layout, name))!, recursive: true);
            if (Current(layout) == name && File.Exists(FileOf(layout, Default)))
            {
                Switch(layout, Default);
            }

            terminal.Say($"The plan {name} is removed.");
            return ExitCode.Ok;
        });

    private static string Describe(WorkspaceLayout layout)
    {
        var running = RunningPlan.Read(layout.Root, new PlanReader());
        return JsonSerializer.Serialize(new { name = Current(layout), hash = running.Result.Plan?.Hash.ToString(), frozen = running.Frozen?.Path });
    }

    private static void Keep(WorkspaceLayout layout, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FileOf(layout, name))!);
        File.Copy(layout.PlanFile, FileOf(layout, name), overwrite: true);
    }

    /// <summary>Makes a saved plan the workspace's.</summary>
    /// <exception cref="CommandException">There is none of the name.</exception>
    public static void Switch(WorkspaceLayout layout, string name)
    {
        RequireSaved(layout, name);
        if (Current(layout) == Default && !File.Exists(FileOf(layout, Default)))
        {
            // A template may ship saved plans; its own is not saved yet.
            Keep(layout, Default);
        }

        File.Copy(FileOf(layout, name), layout.PlanFile, overwrite: true);
        SetCurrent(layout, name);
    }

    private static string Require(ParseResult parsed) => IdentifierRule.Require(parsed.GetValue(Name), "plan");

    private static void RequireSaved(WorkspaceLayout layout, string name)
    {
        if (!File.Exists(FileOf(layout, name)))
        {
            throw new CommandException($"There is no saved plan '{name}' in plan/plans. Save one: fx plan save -n {name}");
        }
    }

    private static string FileOf(WorkspaceLayout layout, string name) => Path.Combine(layout.Root, "plan", "plans", name, "plan.yaml");

    private static string Current(WorkspaceLayout layout) => File.ReadLines(layout.MarkerFile)
        .Where(line => line.StartsWith("current_plan_name:", StringComparison.Ordinal))
        .Select(line => line["current_plan_name:".Length..].Trim())
        .FirstOrDefault(Default);

    private static void SetCurrent(WorkspaceLayout layout, string name) => File.WriteAllText(
        layout.MarkerFile,
        YamlEdit.Set(File.ReadAllText(layout.MarkerFile), ["current_plan_name"], name)
            ?? throw new CommandException($"{layout.MarkerFile} is no YAML; correct it."));
}
