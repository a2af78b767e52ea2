using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Work;

/// <summary>What the tasks of one round start from.</summary>
/// <param name="Round">The round.</param>
/// <param name="Model">The global model.</param>
/// <param name="Optimizer">The aggregated optimizer state; null when there is none.</param>
internal sealed record RoundInput(RoundId Round, Wire.TensorBundle Model, Wire.TensorBundle? Optimizer)
{
    public const string ModelKind = "model";
    public const string OptimizerKind = "optimizer";
    public const string ControlKind = "control";

    /// <summary>What controls the round's steps, as aggregated: SCAFFOLD's c, FedCurv's sums of u and v; null while it is zero.</summary>
    public Wire.TensorBundle? Control { get; init; }

    /// <summary>The round whose control of this collaborator's own is in it; null when none is.</summary>
    public RoundId? ControlRound { get; init; }

    /// <summary>The global model's digest: what the round's results belong to.</summary>
    public TensorDigest StartedFrom { get; } = TensorDigest.Parse(Model.Digest);

    /// <summary>The digests of all bytes the round starts from, and of those that the model may be made of.</summary>
    public IEnumerable<TensorDigest> Digests => new[] { Model.Digest, Model.Encoding?.Digest, Model.Encoding?.Basis, Optimizer?.Digest, Control?.Digest }
        .Where(digest => !string.IsNullOrEmpty(digest))
        .Select(digest => TensorDigest.Parse(digest!));

    /// <summary>Reads what the aggregator sent.</summary>
    /// <exception cref="WorkFailedException">It names no model.</exception>
    public static RoundInput From(ExperimentId experiment, Wire.Work work)
    {
        var round = new RoundId(experiment, work.Round);
        var model = work.Bundles.FirstOrDefault(bundle => bundle.Kind == ModelKind)
            ?? throw new WorkFailedException($"The work of {round} names no model to start from; the aggregator's version does not match.");
        return new(round, model, work.Bundles.FirstOrDefault(bundle => bundle.Kind == OptimizerKind))
        {
            Control = work.Bundles.FirstOrDefault(bundle => bundle.Kind == ControlKind),
            ControlRound = work.HasControlRound ? new(experiment, work.ControlRound) : null,
        };
    }
}
