namespace Actors.Learning.Splitting;

/// <summary>Equal shards in the data's own order, by <see cref="Shards.Of"/>: sizes differ by at most one, and nothing is random.</summary>
internal sealed class EqualSplitter : ISplitter
{
    public string Name => "equal";

    public int[][] Split(ReadOnlySpan<long> labels, SplitSettings settings)
    {
        var samples = labels.Length;
        settings.Require(samples);
        return [.. Enumerable.Range(1, settings.Count).Select(index => Shards.Of(index, settings.Count, samples))];
    }
}
