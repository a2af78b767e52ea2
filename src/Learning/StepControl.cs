using Actors.Contracts.Tensors;

namespace Actors.Learning;

/// <summary>
/// How the steps of a training are controlled by what other collaborators learnt: tensors that come with the model change each gradient, and
/// after the training the collaborator has tensors of its own of the same layout, of which the next ones are aggregated.
/// </summary>
public abstract record StepControl
{
    private StepControl()
    {
    }

    /// <summary>Whether a collaborator's own tensors go on from round to round, so that their change is what it reports.</summary>
    public abstract bool GoesOn { get; }

    /// <summary>How the tensors are laid out, beside a model.</summary>
    public abstract ModelManifest LayoutOf(ModelManifest model);

    /// <summary>
    /// SCAFFOLD's control variates (Karimireddy et al. 2020, Algorithm 1), each with the model's layout: to a gradient c − cᵢ is added, and
    /// cᵢ⁺ is the mean of the gradients before that.
    /// </summary>
    public sealed record Variates : StepControl
    {
        /// <inheritdoc/>
        public override bool GoesOn => true;

        /// <inheritdoc/>
        public override ModelManifest LayoutOf(ModelManifest model) => model;
    }

    /// <summary>
    /// FedCurv's curvature (Shoham et al. 2019, Overcoming Forgetting in Federated Learning on Non-IID Data), with the layout of
    /// <see cref="CurvatureLayout"/>: to the loss λ Σⱼ (wᵀ diag(uⱼ) w − 2 wᵀ vⱼ) over the others j is added, to a gradient therefore
    /// 2 λ Σⱼ (uⱼ w − vⱼ). uᵢ is the diagonal of the Fisher information of the trained weights wᵢ, and vᵢ = uᵢ wᵢ.
    /// </summary>
    /// <param name="Importance">λ, above 0.</param>
    /// <param name="Samples">Over how many samples at most the Fisher information is taken; at least 1.</param>
    public sealed record Curvature(double Importance, int Samples) : StepControl
    {
        /// <inheritdoc/>
        public override bool GoesOn => false;

        /// <inheritdoc/>
        public override ModelManifest LayoutOf(ModelManifest model) => CurvatureLayout.Of(model);
    }
}
