using System.Security.Cryptography.X509Certificates;

using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Federations;
using Actors.Contracts.Identity;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;

namespace Actors.Experiments.Federations;

/// <summary>An experiment that is ready to be submitted: a workspace's archive and its initial model, under a name.</summary>
public sealed class ExperimentPackage : IDisposable
{
    private readonly string _folder;

    internal ExperimentPackage(string folder, string model, string name)
    {
        (_folder, Model) = (folder, model);
        Digests = ExperimentDigests.Of(name, Archive, Model);
    }

    /// <summary>The experiment's name.</summary>
    public string Name => Digests.Name;

    internal ExperimentDigests Digests { get; }

    internal string Archive => Path.Combine(_folder, "workspace.zip");

    internal string Model { get; }

    /// <summary>Builds a workspace where its code has changed, and archives it.</summary>
    /// <param name="workspace">The workspace's folder; its plan is initialised.</param>
    /// <param name="name">The experiment's name, unique in the federation; null for the workspace's.</param>
    /// <param name="cancellationToken">Stops the build.</param>
    /// <exception cref="ExperimentException">The folder is no workspace, the plan has problems, or there are no initial weights.</exception>
    /// <exception cref="WorkspaceBuildException">The code cannot be built.</exception>
    /// <exception cref="ArgumentException">The name cannot be one.</exception>
    public static async Task<ExperimentPackage> PrepareAsync(string workspace, string? name = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspace);
        var layout = new WorkspaceLayout(workspace);
        if (!File.Exists(layout.MarkerFile))
        {
            throw new ExperimentException($"{layout.Root} is no workspace: it has no file .workspace. Name a workspace's folder.");
        }

        var running = RunningPlan.Read(layout.Root, new PlanReader()).Result;
        var plan = running.Plan ?? throw new ExperimentException($"The plan of {layout.Root} has problems:\n{running.Problems.ToText()}");
        var model = layout.Resolve(plan.Aggregator.InitStatePath);
        if (!File.Exists(model))
        {
            throw new ExperimentException($"{model} is missing: there are no initial weights. In the workspace run: fx plan initialize");
        }

        name = IdentifierRule.Require(name ?? layout.Name, "experiment");
        await new WorkspaceBuild(new()).RunAsync(layout, force: false, cancellationToken);
        var folder = Directory.CreateTempSubdirectory("fx-submit-").FullName;
        try
        {
            WorkspaceArchive.Export(layout, Path.Combine(folder, "workspace.zip"));
            return new(folder, model, name);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Deletes the archive; workspace and model stay.</summary>
    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    internal SignedExperiment SignBy(X509Certificate2 author) => SignedExperiment.Of(Digests, author);
}
