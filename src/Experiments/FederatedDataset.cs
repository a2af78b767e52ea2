using Actors.Contracts.Identity;
using Actors.Learning;
using Actors.Learning.Splitting;
using Actors.Learning.Torch;

using static TorchSharp.torch;

namespace Actors.Experiments;

/// <summary>
/// The data of a federation that is tried out in one process, apart by collaborator. Owns the samples; may be used for any number
/// of experiments.
/// </summary>
public sealed class FederatedDataset : IDisposable
{
    /// <summary>Takes over data that is apart already, such as that of uneven sites.</summary>
    /// <param name="collaborators">Who has what; at least one, names unique. The samples are disposed with this data set.</param>
    /// <exception cref="ArgumentException">There is none, or a name is none or is given twice.</exception>
    public FederatedDataset(params IReadOnlyList<CollaboratorData> collaborators)
    {
        ArgumentNullException.ThrowIfNull(collaborators);
        if (collaborators.Count == 0)
        {
            throw new ArgumentException("A federation has at least one collaborator; give one its data.", nameof(collaborators));
        }

        var counts = collaborators.CountBy(one => new CollaboratorName(one.Name));
        if (counts.FirstOrDefault(count => count.Value > 1) is { Value: > 1, Key: var twice })
        {
            throw new ArgumentException($"Two collaborators are called {twice}; give one another name.", nameof(collaborators));
        }

        Collaborators = collaborators;
    }

    /// <summary>Who has what, in the order given.</summary>
    public IReadOnlyList<CollaboratorData> Collaborators { get; }

    /// <summary>
    /// Splits one data set equally: of <c>n</c> collaborators, <c>collaborator1</c> to <c>collaboratorn</c>, each gets every <c>n</c>-th
    /// sample, and keeps some of its own for validation.
    /// </summary>
    /// <param name="inputs">Shape <c>[samples, …]</c>, on the CPU; copied, the caller's again after the call.</param>
    /// <param name="targets">Shape <c>[samples]</c> (classes are int64) or <c>[samples, …]</c>; copied.</param>
    /// <param name="collaborators">How many; at least 1.</param>
    /// <param name="validateEvery">Which of a collaborator's samples it keeps for validation: every fifth by default; at least 2.</param>
    /// <exception cref="ArgumentException">
    /// The numbers of samples differ, or there are not enough for everybody to train and validate.
    /// </exception>
    public static FederatedDataset Shard(Tensor inputs, Tensor targets, int collaborators, int validateEvery = 5)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(collaborators, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(validateEvery, 2);
        var samples = (int)inputs.shape[0];
        if (targets.shape[0] != samples || samples < (long)collaborators * validateEvery)
        {
            throw new ArgumentException(
                $"{samples} inputs and {targets.shape[0]} targets for {collaborators} collaborators: give as many of one as of the other, "
                + $"and at least {validateEvery} samples (validateEvery) to each collaborator.", nameof(targets));
        }

        return Of(inputs, targets, [.. Enumerable.Range(1, collaborators).Select(number => Shards.Of(number, collaborators, samples))], validateEvery);
    }

    /// <summary>
    /// Splits one data set unevenly, by one of the ways a plan has (<c>dirichlet</c>, <c>log_normal</c>, <c>two_class</c>, …): to try out what a
    /// federation makes of data that differ. Names, and what is kept for validation, are those of <see cref="Shard"/>.
    /// </summary>
    /// <param name="inputs">Shape <c>[samples, …]</c>, on the CPU; copied, the caller's again after the call.</param>
    /// <param name="targets">Shape <c>[samples]</c>, int64: each sample's class; copied.</param>
    /// <param name="splitter">A name of <see cref="Splitters.Names"/>.</param>
    /// <param name="settings">How many collaborators, and how uneven their shards.</param>
    /// <param name="validateEvery">Which of a collaborator's samples it keeps for validation: every fifth by default; at least 2.</param>
    /// <exception cref="ArgumentException">
    /// There is no such splitter, a setting is out of its range, or there are not enough samples for everybody to train and validate.
    /// </exception>
    public static FederatedDataset Split(Tensor inputs, Tensor targets, string splitter, SplitSettings settings, int validateEvery = 5)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentOutOfRangeException.ThrowIfLessThan(validateEvery, 2);
        if (targets.dim() != 1 || targets.dtype != ScalarType.Int64 || targets.shape[0] != inputs.shape[0])
        {
            throw new ArgumentException(
                $"Targets {targets.dtype} [{string.Join(", ", targets.shape)}] are no classes of {inputs.shape[0]} inputs: give one int64 for each.",
                nameof(targets));
        }

        var shards = Splitters.Find(splitter)
            .Split(targets.data<long>().ToArray(), settings with { Minimum = Math.Max(settings.Minimum, validateEvery) });
        return Of(inputs, targets, shards, validateEvery);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, train, validation) in Collaborators)
        {
            train?.Dispose();
            validation?.Dispose();
        }
    }

    private static FederatedDataset Of(Tensor inputs, Tensor targets, int[][] shards, int validateEvery)
    {
        return new(
        [
            .. shards.Select((shard, place) => new CollaboratorData(
                $"collaborator{place + 1}",
                Pick(shard.Where((_, sample) => !IsForValidation(sample))),
                Pick(shard.Where((_, sample) => IsForValidation(sample))))),
        ]);

        bool IsForValidation(int sample) => sample % validateEvery == validateEvery - 1;

        Samples Pick(IEnumerable<int> samples)
        {
            long[] picked = [.. samples];
            using var index = SpanTensors.From<long>(picked, picked.Length);
            return new(inputs.index_select(0, index), targets.index_select(0, index));
        }
    }
}
