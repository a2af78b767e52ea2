namespace Actors.Learning.Splitting;

/// <summary>Cuts one data set, of which all collaborators have a copy, into a shard for each. The same arguments give the same shards everywhere.</summary>
public interface ISplitter
{
    /// <summary>The name by which a plan chooses it.</summary>
    string Name { get; }

    /// <summary>The shards: each sample is in exactly one, and each shard has at least <see cref="SplitSettings.Minimum"/> samples.</summary>
    /// <param name="labels">Every sample's class, any numbers; of splitters that do not look at classes only how many there are counts.</param>
    /// <param name="settings">How many shards, and how uneven.</param>
    /// <returns>A shard for each collaborator: indices of samples, from 0, ascending.</returns>
    /// <exception cref="ArgumentException">There are too few samples for so many shards.</exception>
    int[][] Split(ReadOnlySpan<long> labels, SplitSettings settings);
}
