using Actors.CollaboratorHost;
using Actors.CollaboratorHost.Gateway;
using Actors.CollaboratorHost.Work;
using Actors.Contracts.Plans;
using Actors.Experiments.Composition;
using Actors.Grains.Experiments;
using Actors.Learning.Torch;
using Actors.Learning.Torch.Native;
using Actors.Learning.Workspaces;

using Microsoft.Extensions.Logging;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Running;

/// <summary>One collaborator: its data, its runner, and its host.</summary>
internal sealed class LocalCollaborator : IDisposable
{
    private readonly Plan _plan;
    private readonly TasksInTurn _tasks;

    private LocalCollaborator(Plan plan, string name, TorchTaskRunner runner)
    {
        (Name, _plan, Runner) = (name, plan, runner);
        _tasks = new(new PlanTasks(plan, runner));
    }

    /// <summary>The collaborator's label.</summary>
    public string Name { get; }

    /// <summary>The runner, with its network.</summary>
    public TorchTaskRunner Runner { get; }

    /// <summary>What the model's code threw last; null when nothing did.</summary>
    public Exception? Failure => _tasks.Failure;

    /// <summary>The plan's tasks that validate the global model, for everybody.</summary>
    /// <exception cref="PlanException">There is none.</exception>
    public TaskGroup Evaluation
    {
        get
        {
            string[] tasks = [.. _tasks.Tasks.Where(task => _tasks.KindOf(task) == TaskKind.ValidateGlobal)];
            return tasks.Length > 0
                ? new("evaluation", tasks, 1, [])
                : throw new PlanException(["tasks: none validates the global model; give one of them a validating function and apply: global."]);
        }
    }

    /// <summary>Takes the weights of another network of the same model.</summary>
    /// <exception cref="ArgumentException">It has other tensors.</exception>
    public void Take(Module<Tensor, Tensor> network)
    {
        var given = network.state_dict();
        foreach (var (index, tensor) in Runner.Model.Tensors.Index())
        {
            if (!given.TryGetValue(tensor.Name, out var values) || TensorBytes.SpecOf(tensor.Name, values) != tensor)
            {
                throw new ArgumentException($"The network has no tensor {tensor} as the model does; give a network that this model builds.", nameof(network));
            }

            var bytes = new byte[tensor.ByteLength];
            TensorBytes.Read(values, bytes);
            Runner.WriteModelTensor(index, bytes);
        }
    }

    /// <summary>Makes one, with its initial weights. What the model's code throws comes through as it is.</summary>
    public static Task<LocalCollaborator> CreateAsync(
        Plan plan, CollaboratorData data, FederatedModel model, CancellationToken cancellationToken) => TorchTurn.RunAsync(
        () =>
        {
            TrainingRuntime.ApplyThreads();
            var loader = new CollaboratorLoader(data);
            WorkspaceActivator.Configure(loader, plan.DataLoader.Settings.ToObjects(), WorkspaceActivator.LoaderPath);
            var runner = model.CreateRunner(loader, plan.TaskRunner.Settings.ToObjects());
            _ = runner.Model;
            return Task.FromResult(new LocalCollaborator(plan, data.Name, runner));
        },
        cancellationToken);

    /// <summary>Works until the experiment ends; see <see cref="ExitCodes"/>.</summary>
    public Task<int> RunAsync(
        CollaboratorOptions options, LocalAuthority authority, ILoggerFactory logs, TimeProvider clock, CancellationToken cancellationToken) => RunAsync(
        options,
        new GatewayCredentials(authority.Collaborator(Name), authority.ProblemWithAggregator, _plan.Network.MinimumTls == MinimumTls.Tls12),
        logs,
        clock,
        cancellationToken);

    /// <summary>Works until the experiment ends; see <see cref="ExitCodes"/>.</summary>
    public Task<int> RunAsync(
        CollaboratorOptions options, GatewayCredentials credentials, ILoggerFactory logs, TimeProvider clock, CancellationToken cancellationToken) =>
        Task.Run(() => CollaboratorProcess.RunAsync(options, _tasks, credentials, null, logs, clock, cancellationToken), CancellationToken.None);

    /// <inheritdoc/>
    public void Dispose() => Runner.Dispose();
}
