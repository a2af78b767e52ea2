namespace Actors.Learning.Splitting;

/// <summary>
/// The shuffled samples in shards whose sizes are proportional to draws of a log-normal distribution: few large ones and many small, as
/// in the synthetic data of Li et al. 2020 (Federated Optimization in Heterogeneous Networks). The distribution's mean cancels out.
/// </summary>
internal sealed class LogNormalSplitter : ISplitter
{
    public string Name => "log_normal";

    public int[][] Split(ReadOnlySpan<long> labels, SplitSettings settings)
    {
        settings.Require(labels.Length);
        var random = new Draws(settings.Seed);
        var shuffled = random.Shuffled(labels.Length);
        var logarithms = new double[settings.Count];
        for (var i = 0; i < logarithms.Length; i++)
        {
            logarithms[i] = settings.Sigma * random.Normal();
        }

        return new ShardLists(settings.Count).Deal(shuffled, Draws.CumulativeShares(logarithms)).ToShards(settings.Minimum);
    }
}
