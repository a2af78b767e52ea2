using Actors.Contracts.Models;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Grains;

namespace Actors.Silo.Federations;

/// <summary>What stands in an experiment's files: the plan and the hash of the code. None of the code is loaded.</summary>
/// <param name="Plan">The plan, checked.</param>
/// <param name="WorkspaceHash">The hash of the code.</param>
internal sealed record SubmittedPlan(Plan Plan, string WorkspaceHash)
{
    /// <summary>Unpacks the archive beside it, checks every file, and reads the plan and the model's layout.</summary>
    /// <exception cref="FederationException">Something in the files is wrong; the message says what.</exception>
    public static SubmittedPlan Read(SubmissionFolder folder)
    {
        var unpacked = Path.Combine(folder.Root, $".unpacked-{Guid.NewGuid():n}");
        try
        {
            var layout = WorkspaceArchive.Import(folder.Archive, unpacked);
            var running = RunningPlan.Read(layout.Root, new PlanReader()).Result;
            var plan = running.Plan ?? throw new FederationException($"The workspace's plan has problems:\n{running.Problems.ToText()}");
            RequireOurRules(plan);
            using var model = ModelFile.Read(folder.Model);
            return new(plan, WorkspaceManifest.Read(layout).Hash.ToString());
        }
        catch (Exception problem) when (problem is WorkspaceException or ModelFileException)
        {
            // Where the files lie here is nothing to who sent them.
            throw new FederationException(problem.Message.Replace(folder.Root + Path.DirectorySeparatorChar, "", StringComparison.Ordinal), problem);
        }
        finally
        {
            if (Directory.Exists(unpacked))
            {
                Directory.Delete(unpacked, recursive: true);
            }
        }
    }

    // One process serves everybody's experiments: it runs nobody's code.
    private static void RequireOurRules(Plan plan)
    {
        if (plan.Tasks.FirstOrDefault(task => task.HasOwnRule) is { } task)
        {
            throw new FederationException(
                $"Task '{task.Name}' names the class {task.Rule} as its aggregation_type. A long-lived federation's aggregator runs no code of experiments: "
                + "choose one of its own rules, or run the plan with: fx aggregator start.");
        }

        if (plan.Assigner.IsOwn)
        {
            throw new FederationException(
                $"The plan names the class {plan.Assigner.Template} as its assigner. A long-lived federation's aggregator runs no code of experiments: "
                + "choose one of its own assigners, or run the plan with: fx aggregator start.");
        }
    }
}
