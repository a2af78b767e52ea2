using Actors.Contracts.Tensors;
using Actors.Grains.Asynchronous;
using Actors.Grains.Tensors;
using Actors.Simulation.Machines;
using Actors.Simulation.Storage;

namespace Actors.Simulation.Scenarios;

/// <summary>Stands for the arithmetic: a digest for every model and update, that depends on what it is made of.</summary>
internal static class Digests
{
    /// <summary>The model the first round starts from.</summary>
    public static TensorDigest Initial { get; } = new(new UInt128(Dice.Mix(1), Dice.Mix(2)));

    /// <summary>What a collaborator makes of a model; from one nonce always the same.</summary>
    public static TensorDigest Update(TensorDigest model, int collaborator, ulong nonce) =>
        Of((ulong)(model.Value >> 64), (ulong)model.Value, ((ulong)collaborator << 32) ^ nonce);

    /// <summary>The aggregate of updates, each as often as it is given, in the order given.</summary>
    public static TensorDigest Aggregate(int round, IEnumerable<TensorDigest> updates)
    {
        var (high, low) = (Dice.Mix((ulong)round), Dice.Mix((ulong)round, 1));
        foreach (var update in updates)
        {
            high = Dice.Mix(high, (ulong)(update.Value >> 64), (ulong)update.Value);
            low = Dice.Mix(low, (ulong)update.Value, (ulong)(update.Value >> 64));
        }

        return new(new UInt128(high, low));
    }

    /// <summary>The version after one that folded contributions in: made of the updates and of what they started from.</summary>
    public static TensorDigest Version(int version, IEnumerable<(ContributionKey Key, Contribution Contribution)> folded) => Aggregate(
        version,
        folded.SelectMany(one => one.Contribution.Reports.SelectMany(report => report.Bundles)
            .SelectMany(update => (TensorDigest[])[update.Digest, one.Contribution.StartedFrom.Digest])));

    /// <summary>A score of a model at a collaborator.</summary>
    public static double Accuracy(TensorDigest model, int collaborator) => Dice.Unit(Dice.Mix((ulong)model.Value, (ulong)collaborator));

    /// <summary>A model or update by its digest.</summary>
    public static TensorBundle Bundle(TensorDigest digest) => new(BundleKinds.Model, digest, Initial, TensorFiles.UpdateBytes);

    private static TensorDigest Of(ulong first, ulong second, ulong third) =>
        new(new UInt128(Dice.Mix(first, second, third), Dice.Mix(third, first, second)));
}
