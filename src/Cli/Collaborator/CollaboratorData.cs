using Actors.Cli.Composition;
using Actors.Contracts.Plans;

namespace Actors.Cli.Collaborator;

/// <summary>Which data a collaborator has, as <c>plan/data.yaml</c> says.</summary>
internal static class CollaboratorData
{
    /// <summary>What the data loader is given.</summary>
    /// <exception cref="CommandException">The file has problems, or says nothing of this collaborator.</exception>
    public static string PathOf(DataPaths paths, string name)
    {
        WorkspacePlan.RequireNone(paths.Problems, "plan/data.yaml");
        return paths.Find(name)
            ?? throw new CommandException($"plan/data.yaml has no data for '{name}'. Run: fx collaborator create -n {name} -d PATH");
    }
}
