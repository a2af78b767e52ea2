using Actors.Contracts.Models;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Experiments.Composition;
using Actors.Experiments.Federations;

namespace Actors.Experiments.Running;

/// <summary>An experiment whose code is the program's own: a workspace with a plan, and a collaborator's initial weights.</summary>
internal static class LocalPackage
{
    /// <summary>Makes one; whoever takes it disposes it.</summary>
    public static async Task<ExperimentPackage> PrepareAsync(
        string name, Plan plan, FederatedModel model, CollaboratorData first, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("experiment-").FullName;
        try
        {
            var layout = new WorkspaceLayout(Path.Combine(folder, "program"));
            Directory.CreateDirectory(Path.GetDirectoryName(layout.PlanFile)!);
            Directory.CreateDirectory(layout.BuildFolder);
            await File.WriteAllTextAsync(layout.MarkerFile, "current_plan_name: default\n", cancellationToken);
            await File.WriteAllTextAsync(layout.PlanFile, plan.Document.ToYaml(), cancellationToken);
            WorkspaceManifest.Of(layout).Write(layout);
            var package = Path.Combine(folder, "workspace.zip");
            WorkspaceArchive.Export(layout, package);
            using var collaborator = await LocalCollaborator.CreateAsync(plan, first, model, cancellationToken);
            var weights = Path.Combine(folder, "initial.pbuf");
            ModelFile.Write(weights, new RunnerBytes(collaborator.Runner), round: 0);
            return new(folder, weights, name);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }
}
