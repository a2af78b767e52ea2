using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation;

/// <summary>
/// A rule with a second half: beside its update each collaborator reports tensors of its own, and what they come to together controls the
/// steps of the next round's trainings. A collaborator takes its own part out again.
/// </summary>
internal interface IControlRule : IAggregationRule
{
    /// <summary>
    /// Whether the control goes on from round to round and results bring changes of it, as SCAFFOLD's does; if not, it is made anew of each
    /// round's results, as FedCurv's.
    /// </summary>
    bool ControlGoesOn { get; }

    /// <summary>How the control is laid out, beside a model.</summary>
    ModelManifest ControlLayout(ModelManifest model);

    /// <summary>How a round's parts come together.</summary>
    /// <param name="choice">The plan's settings of the rule.</param>
    /// <param name="members">N: how many collaborators the federation has.</param>
    ControlSum ControlSum(PolicyChoice choice, int members);
}
