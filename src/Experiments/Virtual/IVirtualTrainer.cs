namespace Actors.Experiments.Virtual;

/// <summary>Trains for one virtual collaborator after the other; used by one thread at a time.</summary>
public interface IVirtualTrainer : IDisposable
{
    /// <summary>Trains on a collaborator's samples. What it comes to depends on the arguments alone.</summary>
    /// <param name="model">The model to start from; on return, what it was trained to.</param>
    /// <param name="samples">The collaborator's samples; at least one.</param>
    /// <param name="seed">What everything random is drawn from.</param>
    /// <returns>The mean loss over what was trained on.</returns>
    double Train(Span<float> model, ReadOnlySpan<int> samples, ulong seed);

    /// <summary>Scores a model on samples of a set that was put aside.</summary>
    /// <param name="model">The model; not changed.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="count">How many.</param>
    /// <returns>The sum of the losses, and how many were right.</returns>
    (double Loss, int Right) Score(ReadOnlySpan<float> model, int from, int count);
}
