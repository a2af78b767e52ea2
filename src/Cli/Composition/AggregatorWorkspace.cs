using System.Net;

using Actors.Contracts.Compression;
using Actors.Contracts.Identity;
using Actors.Contracts.Models;
using Actors.Contracts.OpenFl;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Experiments.Composition;
using Actors.Grains.Aggregation;
using Actors.Grains.Experiments;
using Actors.Grains.Tensors;
using Actors.Pki;
using Actors.Silo;
using Actors.Silo.Storage;

namespace Actors.Cli.Composition;

/// <summary>Makes an aggregator's options of a workspace: everything that must be there is looked for before anything starts.</summary>
/// <param name="layout">The workspace.</param>
/// <param name="plan">The plan that runs.</param>
/// <param name="collaborators">Who may take part.</param>
/// <param name="planFile">The plan's file; null for the workspace's.</param>
/// <param name="evaluation">What is evaluated in place of a training, with a state of its own; null to train.</param>
internal sealed class AggregatorWorkspace(
    WorkspaceLayout layout, Plan plan, CollaboratorList collaborators, string? planFile = null, ModelEvaluation? evaluation = null)
{
    // Of Python code the aggregator has no manifest.
    private readonly WorkspaceManifest? _manifest = OriginalWorkspace.Is(layout) ? null : WorkspaceManifest.Read(layout);

    /// <summary>The experiment: the plan's and the code's hashes name it, so the same command goes on with the same experiment.</summary>
    public ExperimentId Experiment => evaluation?.Beside(Training) ?? Training;

    /// <summary>The aggregator's database.</summary>
    public string DatabaseFile => Path.Combine(StateFolder, "aggregator.db");

    /// <summary>The experiment of a plan and its code, which is null where all of it is Python.</summary>
    public static ExperimentId ExperimentOf(WorkspaceLayout layout, Plan plan, WorkspaceManifest? manifest) =>
        new(new FederationId(layout.Name), $"{plan.Hash.Short}-{manifest?.Hash.ToString()[..8] ?? OriginalWorkspace.CodeName}");

    /// <summary>Forgets what an experiment that ran before came to, so that it begins again; its model files and a copy of its metrics stay.</summary>
    public void Forget()
    {
        ForgetState();
        Metrics.Forget();
        if (EventFile is { } events)
        {
            File.Delete(events);
        }
    }

    /// <summary>Once it has ended: an evaluation that is started again measures again, while a training has no more to do.</summary>
    public void Close()
    {
        if (evaluation is not null)
        {
            Metrics.Forget();
        }
    }

    private void ForgetState()
    {
        if (Directory.Exists(StoreFolder))
        {
            Directory.Delete(StoreFolder, recursive: true);
        }

        // The database has its journal beside it.
        foreach (var file in Directory.Exists(StateFolder) ? Directory.GetFiles(StateFolder, "aggregator.db*") : [])
        {
            File.Delete(file);
        }
    }

    /// <summary>The options; the initial model is in the store afterwards.</summary>
    /// <exception cref="CommandException">Something is missing; the message names the command that makes it.</exception>
    public AggregatorOptions Open(Durability durability, TimeSpan grace)
    {
        WorkspacePlan.RequireNone(collaborators.Problems, "plan/cols.yaml");
        if (collaborators.Names.Count == 0)
        {
            throw new CommandException("plan/cols.yaml lists no collaborator. Sign one's request: fx collaborator certify --request-pkg ZIP");
        }

        var host = plan.Network.AggregatorAddress!;
        _manifest?.RequireSame(layout);
        if (evaluation is not null && !Metrics.BelongsTo(Experiment))
        {
            ForgetState();
        }

        var store = new FileTensorStore(StoreFolder, durability);
        var certificate = NodeIdentity.Load(layout.Root, PeerRole.Aggregator, host);
        var own = WorkspaceCode.Of(layout, plan);
        var initial = PutInitialModel(store);
        Metrics.Begin(Experiment);
        return new()
        {
            Experiment = Experiment,
            Members = [.. collaborators.Names.Select(name => new CollaboratorName(name))],
            Definition = new(
                ExperimentPlan, plan.Hash.ToString(), plan.Canonical, _manifest?.Hash.ToString() ?? OriginalWorkspace.CodeName, initial)
            {
                InitialStates = evaluation is null ? PutInitialStates(store, initial, own.Rules) : [],
            },
            Certificate = certificate,
            Endpoint = new IPEndPoint(ListenAddress.Of(host), plan.Network.AggregatorPort!.Value),
            TlsVersions = plan.Network.TlsVersions,
            OperatorSocket = layout.OperatorSocket,
            DatabaseFile = DatabaseFile,
            StoreFolder = StoreFolder,
            Files = evaluation is not null
                ? new(null, null, Metrics.Path)
                : new(layout.Resolve(plan.Aggregator.LastStatePath), layout.Resolve(plan.Aggregator.BestStatePath), Metrics.Path, EventFile),
            Rules = own.Rules,
            Assigners = own.Assigners,
            HearMetric = own.HearMetric,
            OpenFl = OriginalWorkspace.Options(layout, plan, planFile ?? layout.PlanFile, StateFolder),
            Durability = durability,
            Lease = plan.Network.Lease,
            Grace = grace,
        };
    }

    private ExperimentId Training => ExperimentOf(layout, plan, _manifest);

    // OpenFL's own collaborators are served in forms of theirs, of which EDEN's knows other rotations than ours.
    private ExperimentPlan ExperimentPlan => evaluation is not null ? ExperimentPlans.Of(plan).Evaluating(evaluation.Group)
        : _manifest is null && plan.Compression.Pipeline.Values == ValueFormat.Eden ? ExperimentPlans.Of(plan) with { Publishing = null }
        : ExperimentPlans.Of(plan);

    private string? EventFile => EventFiles.Of(layout, plan, Experiment, "aggregator");

    private MetricsFile Metrics => evaluation is null ? new(layout) : new(layout.LogFolder, StateFolder, "evaluation");

    private string StateFolder => evaluation is null ? layout.StateFolder : Path.Combine(layout.StateFolder, "evaluation");

    private string StoreFolder => Path.Combine(StateFolder, "tensors");

    private TensorBundle PutInitialModel(FileTensorStore store)
    {
        var path = evaluation?.Model.Path ?? layout.Resolve(plan.Aggregator.InitStatePath);
        if (!File.Exists(path))
        {
            throw new CommandException($"{plan.Aggregator.InitStatePath} is missing: there are no initial weights. Run: fx plan initialize");
        }

        return Put(store, path, BundleKinds.Model);
    }

    // A model that an earlier experiment left has its server optimizer's state beside it.
    private List<TensorBundle> PutInitialStates(FileTensorStore store, TensorBundle initial, AggregationRules rules)
    {
        var states = plan.Tasks
            .SelectMany(task => (IEnumerable<string>)
            [
                .. ((rules.Find(ExperimentPlans.RuleOf(task)) as ServerRule)?.States ?? []).Select(name => BundleKinds.ServerState(task.Name, name)),
                BundleKinds.Residual(task.Name),
            ])
            .Select(kind => (Kind: kind, Path: ExperimentFilePaths.StateBeside(layout.Resolve(plan.Aggregator.InitStatePath), kind)))
            .Where(state => File.Exists(state.Path))
            .Select(state => (state.Path, Bundle: Put(store, state.Path, state.Kind)))
            .ToList();
        if (states.FirstOrDefault(state => state.Bundle.ManifestHash != initial.ManifestHash).Path is { } other)
        {
            throw new CommandException($"{other} is not of the model {plan.Aggregator.InitStatePath}: its tensors differ. Remove it, or take both from one experiment.");
        }

        return [.. states.Select(state => state.Bundle)];
    }

    private TensorBundle Put(FileTensorStore store, string path, string kind)
    {
        using var model = ModelFile.Read(path, _manifest is null ? TensorPipelines.Find(plan.Compression.Template) : new NoCompression());
        return StoredModel.Put(store, Experiment, kind, model);
    }
}
