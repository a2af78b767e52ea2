using Actors.Contracts.Tensors;

namespace Actors.Grains.Tensors;

/// <summary>What a bundle's tensors are.</summary>
public static class BundleKinds
{
    /// <summary>The weights and buffers of the model.</summary>
    public const string Model = "model";

    /// <summary>The state of the collaborators' optimizers, averaged like weights (treatment CONTINUE_GLOBAL).</summary>
    public const string Optimizer = "optimizer";

    /// <summary>
    /// What controls the collaborators' steps. SCAFFOLD's control variates, with the model's layout: what goes out is c, what a result brings is
    /// the change of the collaborator's own cᵢ. FedCurv's u and v, with <see cref="CurvatureLayout"/>: their sums go out, a result brings its own.
    /// </summary>
    public const string Control = "control";

    private const string StatePrefix = "state.";

    /// <summary>A state of the aggregator's optimizer, with the model's layout. It never goes to a collaborator.</summary>
    /// <param name="task">The task whose updates it steps with.</param>
    /// <param name="name">The state's name.</param>
    public static string ServerState(string task, string name) => $"{StatePrefix}{task}.{name}";

    /// <summary>What the encoding of a published model left out, kept as a state of the aggregator's.</summary>
    /// <param name="task">The task that the model came of.</param>
    public static string Residual(string task) => ServerState(task, "residual");

    /// <summary>Whether a kind is the aggregator's own.</summary>
    public static bool IsServerState(string kind) => kind.StartsWith(StatePrefix, StringComparison.Ordinal);
}
