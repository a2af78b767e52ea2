using Actors.Contracts.Compression;
using Actors.Learning.Splitting;

namespace Actors.Experiments.Virtual;

/// <summary>Which samples of the shared set are whose: by index, and for one that is drawn, made only while it is asked for.</summary>
public sealed class VirtualShards
{
    private readonly Func<int, int[]> _of;

    private VirtualShards(int collaborators, Func<int, int[]> of) => (Collaborators, _of) = (collaborators, of);

    /// <summary>How many collaborators have one.</summary>
    public int Collaborators { get; }

    /// <summary>The samples of a collaborator, from 0; at least one.</summary>
    public int[] Of(int collaborator) => _of(collaborator);

    /// <summary>The set cut into shards, every sample in one.</summary>
    /// <param name="classes">The class of every sample.</param>
    /// <param name="split">One of <see cref="Splitters.Names"/>.</param>
    /// <param name="settings">How many, and how uneven.</param>
    /// <exception cref="ArgumentException">There is no such split, or there are too few samples.</exception>
    public static VirtualShards Split(ReadOnlySpan<long> classes, string split, SplitSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var shards = Splitters.Find(split).Split(classes, settings);
        return new(settings.Count, collaborator => shards[collaborator]);
    }

    /// <summary>
    /// A random draw for each collaborator, of which samples may be another's, too: for more collaborators than the set can be cut into.
    /// Takes no memory for those who are not asked about.
    /// </summary>
    /// <param name="collaborators">How many collaborators.</param>
    /// <param name="each">How many samples each has; at least 1.</param>
    /// <param name="samples">How many samples there are.</param>
    /// <param name="seed">What is drawn from.</param>
    public static VirtualShards Drawn(int collaborators, int each, int samples, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(each, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        return new(collaborators, collaborator =>
        {
            var random = new SeededRandom(unchecked((ulong)seed), (ulong)collaborator);
            var drawn = new int[each];
            foreach (ref var sample in drawn.AsSpan())
            {
                sample = (int)Math.BigMul(random.Next(), (ulong)samples, out _);
            }

            return drawn;
        });
    }
}
