using System.CommandLine;

namespace Actors.Cli.Plans;

/// <summary><c>fx plan …</c></summary>
internal static class PlanCommands
{
    /// <summary>The group.</summary>
    public static Command Build(Terminal terminal) => CommandGroup.Of(
        "plan",
        "The FL plan that all parties agree on.",
        PlanInitialize.Build(terminal),
        PlanCheck.Build(terminal),
        PlanFreeze.Build(terminal),
        SavedPlans.BuildPrint(terminal),
        SavedPlans.BuildSave(terminal),
        SavedPlans.BuildSwitch(terminal),
        SavedPlans.BuildRemove(terminal));
}
