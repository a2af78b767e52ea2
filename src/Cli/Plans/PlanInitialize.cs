using System.CommandLine;

using Actors.Cli.Composition;
using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Models;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Experiments.Composition;

namespace Actors.Cli.Plans;

/// <summary><c>fx plan initialize</c></summary>
internal static class PlanInitialize
{
    private static readonly Option<string> Address = new("--aggregator_address", "-a")
    {
        Description = "The aggregator's host name or address; by default this machine's full name where the plan says auto.",
    };

    private static readonly Option<string> PlanFile = File("--plan_config", "-p", "The plan; copied to plan/plan.yaml.");
    private static readonly Option<string> ColsFile = File("--cols_config", "-c", "Who is authorised; copied to plan/cols.yaml.");
    private static readonly Option<string> DataFile = File("--data_config", "-d", "Which data a collaborator has; copied to plan/data.yaml.");

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("initialize", "Build the code, check the plan against it, fill in address and port, and write the initial weights.").Does(
            "fx plan initialize -a aggregator.hospital.org",
            [Address, PlanFile, ColsFile, DataFile],
            (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        Take(parsed.GetValue(PlanFile), layout.PlanFile, terminal);
        Take(parsed.GetValue(ColsFile), layout.CollaboratorsFile, terminal);
        Take(parsed.GetValue(DataFile), layout.DataFile, terminal);
        ResolveAddress(layout, parsed.GetValue(Address));
        await new WorkspaceBuild(new()).RunAsync(layout, force: false, cancellationToken);
        var plan = CheckedPlan.Read(layout);
        WriteInitialWeights(layout, plan, terminal);
        terminal.Say($"The plan {plan.Hash.Short} is initialised; collaborators dial {plan.Network.AggregatorAddress}:{plan.Network.AggregatorPort}.");
        return ExitCode.Ok;
    }

    private static void ResolveAddress(WorkspaceLayout layout, string? address)
    {
        if (!System.IO.File.Exists(layout.PlanFile))
        {
            throw new CommandException($"{layout.PlanFile} is missing. Name one: fx plan initialize -p FILE");
        }

        WorkspacePlan.RequireNone(PlanInitialization.ResolveWorkspace(layout.Root, address, MachineName.Full()).Problems, "plan/plan.yaml");
    }

    private static void WriteInitialWeights(WorkspaceLayout layout, Plan plan, Terminal terminal)
    {
        var data = DataPaths.Read(layout.Root);
        WorkspacePlan.RequireNone(data.Problems, "plan/data.yaml");
        using var loaded = LoadedPlan.Load(layout, plan, data.Entries.Count > 0 ? data.Entries[0].Path : "1");
        _ = new PlanTasks(plan, loaded.Runner);
        _ = WorkspaceCode.Of(layout, plan);
        ModelFile.Write(layout.Resolve(plan.Aggregator.InitStatePath), new RunnerBytes(loaded.Runner), round: 0);
        terminal.Say($"{plan.Aggregator.InitStatePath}: {loaded.Runner.Model.Tensors.Length} tensors, {loaded.Runner.Model.ParameterCount:N0} parameters.");
    }

    private static void Take(string? from, string to, Terminal terminal)
    {
        if (from is null || terminal.PathOf(from) == to)
        {
            return;
        }

        System.IO.File.Copy(WorkspacePlan.Existing(terminal, from), to, overwrite: true);
    }

    private static Option<string> File(string name, string alias, string description) => new(name, alias) { Description = description };
}
