using System.Globalization;

using Actors.Cli.Composition;
using Actors.Cli.Plans;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Quickstart;

/// <summary>A template's workspace with a plan for this machine.</summary>
internal static class TemplateWorkspace
{
    /// <summary>Makes it.</summary>
    /// <exception cref="CommandException">There is no such template, or it has no such plan.</exception>
    public static void Make(QuickstartOptions options, WorkspaceLayout layout)
    {
        Templates.Create(options.Template, layout.Root);
        if (options.Plan is { } plan)
        {
            SavedPlans.Switch(layout, plan);
        }

        var text = File.ReadAllText(layout.PlanFile);
        Set("aggregator", "rounds_to_train", options.Rounds);
        Set("task_runner", "seed", options.Seed);
        Set("assigner", "seed", options.Seed);
        Set("data_loader", "collaborator_count", options.Collaborators);
        Set("network", "agg_port", LocalFederation.FreePort());
        File.WriteAllText(layout.PlanFile, text);

        void Set(string section, string key, long value)
        {
            // A template's classes need not take every setting; those that a plan does not name are left alone.
            var known = section is "aggregator" or "network" or "assigner" || text.Contains($" {key}:", StringComparison.Ordinal);
            text = known
                ? YamlEdit.Set(text, [section, "settings", key], value.ToString(CultureInfo.InvariantCulture))
                    ?? throw new CommandException($"{section}.settings.{key} cannot be set in {layout.PlanFile}.")
                : text;
        }
    }
}
