using Actors.Cli.Composition;
using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Plans;

/// <summary>A workspace's plan and lists, looked at together so that a person sees everything at once.</summary>
/// <param name="Plan">The plan; null when something is wrong with it.</param>
/// <param name="Problems">What is wrong, each with the file it is in; empty when all is well.</param>
internal sealed record PlanReview(Plan? Plan, IReadOnlyList<(string File, PlanProblem Problem)> Problems)
{
    /// <summary>Reads everything; the plan is checked against the code where that is built.</summary>
    /// <exception cref="WorkspaceException">The built code cannot be loaded.</exception>
    public static PlanReview Of(WorkspaceLayout layout)
    {
        var plan = ReadPlan(layout);
        var problems = new (string File, PlanProblems Problems)[]
        {
            ("plan/plan.yaml", plan.Problems),
            ("plan/cols.yaml", CollaboratorList.Read(layout.Root).Problems),
            ("plan/data.yaml", DataPaths.Read(layout.Root).Problems),
        };
        return new(plan.Problems.Count == 0 ? plan.Plan : null, [.. problems.SelectMany(file => file.Problems.Select(problem => (file.File, problem)))]);
    }

    private static PlanResult ReadPlan(WorkspaceLayout layout)
    {
        if (!File.Exists(layout.WorkspaceManifestFile))
        {
            return new PlanReader().ReadWorkspace(layout.Root);
        }

        using var code = LoadedWorkspace.Load(layout);
        var result = new PlanReader(new CodeCatalogue(code)).ReadWorkspace(layout.Root);
        if (result.Plan is { } plan)
        {
            ConstructorSettings.Check(code.DataLoaderNamed(plan.DataLoader.ClassName), plan.DataLoader.Settings, result.Problems);
            ConstructorSettings.Check(code.TaskRunnerNamed(plan.TaskRunner.ClassName), plan.TaskRunner.Settings, result.Problems);
            if (plan.Assigner.IsOwn)
            {
                ConstructorSettings.Check(code.AssignerNamed(plan.Assigner.Template), plan.Assigner.OwnSettings, result.Problems);
            }

            if (plan.Aggregator.MetricCallback is { } callback)
            {
                ConstructorSettings.Check(code.MetricCallbackNamed(callback.ClassName), callback.Settings, result.Problems);
            }

            foreach (var task in plan.Tasks.Where(task => task.HasOwnRule))
            {
                ConstructorSettings.Check(code.AggregationRuleNamed(task.Rule), task.RuleSettings, result.Problems);
            }
        }

        return result;
    }
}
