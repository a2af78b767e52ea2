using Actors.Contracts.Plans;
using Actors.Experiments.Composition;
using Actors.Learning.Settings;
using Actors.Learning.Workspaces;

namespace Actors.Cli.Plans;

/// <summary>Checks a section's settings against the class they are for, without making an object of it.</summary>
internal static class ConstructorSettings
{
    /// <summary>Appends what does not fit: unknown names, missing ones, values of another type.</summary>
    /// <param name="type">The loader, runner or rule.</param>
    /// <param name="settings">The section's settings.</param>
    /// <param name="problems">Where problems are appended.</param>
    public static void Check(Type type, PlanSettings settings, PlanProblems problems)
    {
        if (type.GetConstructors().Length != 1)
        {
            return;
        }

        try
        {
            ArgumentBinder.Bind([.. WorkspaceActivator.SpecsOf(type)], settings.ToObjects(), settings.Values.Path);
        }
        catch (SettingsException unfit)
        {
            foreach (var problem in unfit.Problems)
            {
                problems.Add(new PlanProblem("", LineOf(problem, settings.Values), null, problem));
            }
        }
    }

    private static int LineOf(string problem, PlanValue.Map settings) =>
        settings.Entries.FirstOrDefault(entry => problem.StartsWith($"{entry.Value.Path}:", StringComparison.Ordinal))?.Place.Line
        ?? settings.Place.Line;
}
