using Actors.Experiments.Running;
using Actors.Learning.Torch;
using Actors.Learning.Workspaces;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments;

/// <summary>What a federation trains: how a network and its optimizer are built, which every collaborator does for itself.</summary>
public sealed class FederatedModel
{
    /// <summary>A network that is trained and validated by the tasks of a <see cref="TorchTaskRunner"/>.</summary>
    /// <param name="buildNetwork">
    /// Makes a new module from <c>[batch, …]</c> to <c>[batch, …]</c> on the CPU, the same at each call but for its weights. Chance is
    /// seeded before it is called.
    /// </param>
    /// <param name="buildOptimizer">Makes an optimizer as it is before the first step, of the network's parameters in its order.</param>
    /// <param name="loss">
    /// How far outputs are from targets, as a scalar, the mean over the batch; null for the cross entropy of class scores.
    /// </param>
    public FederatedModel(
        Func<Module<Tensor, Tensor>> buildNetwork,
        Func<IEnumerable<Parameter>, OptimizerHelper> buildOptimizer,
        Func<Tensor, Tensor, Tensor>? loss = null)
    {
        ArgumentNullException.ThrowIfNull(buildNetwork);
        ArgumentNullException.ThrowIfNull(buildOptimizer);
        RunnerType = typeof(ModelRunner);
        Functions = new(buildNetwork, buildOptimizer, loss ?? ((output, target) => functional.cross_entropy(output, target)));
    }

    private FederatedModel(Type runner) => RunnerType = runner;

    /// <summary>The task runner's class: its tasks are what the plan's tasks may name as their <c>function</c>.</summary>
    internal Type RunnerType { get; }

    /// <summary>How network and optimizer are built; null where a class of its own does it.</summary>
    internal NetworkFunctions? Functions { get; }

    /// <summary>
    /// The network of a task runner as a workspace has it, with tasks of its own: a class whose constructor takes a
    /// <see cref="TorchDataLoader"/>, and the plan's <c>task_runner.settings</c> as further parameters by name.
    /// </summary>
    /// <typeparam name="TRunner">A class with one public constructor.</typeparam>
    public static FederatedModel Of<TRunner>()
        where TRunner : TorchTaskRunner => new(typeof(TRunner));

    /// <summary>Makes one collaborator's runner.</summary>
    /// <exception cref="Actors.Learning.Settings.SettingsException">It does not take the settings.</exception>
    internal TorchTaskRunner CreateRunner(TorchDataLoader data, IReadOnlyDictionary<string, object?> settings)
    {
        if (Functions is null)
        {
            return (TorchTaskRunner)WorkspaceActivator.CreateRunner(RunnerType, data, settings);
        }

        var runner = new ModelRunner(data, Functions);
        WorkspaceActivator.Configure(runner, settings, WorkspaceActivator.RunnerPath);
        return runner;
    }
}
