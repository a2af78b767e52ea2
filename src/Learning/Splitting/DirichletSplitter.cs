namespace Actors.Learning.Splitting;

/// <summary>
/// Each class is shared out by proportions drawn from a symmetric Dirichlet distribution with concentration <c>alpha</c> (Yurochkin et al.
/// 2019, Bayesian Nonparametric Federated Learning of Neural Networks, section 4): with 0.1 a shard has mostly one or two
/// classes, with 100 nearly the whole's mixture.
/// </summary>
internal sealed class DirichletSplitter : ISplitter
{
    public string Name => "dirichlet";

    public int[][] Split(ReadOnlySpan<long> labels, SplitSettings settings)
    {
        settings.Require(labels.Length);
        var random = new Draws(settings.Seed);
        var classOf = labels.ToArray();
        var shards = new ShardLists(settings.Count);
        foreach (var members in random.Shuffled(labels.Length).GroupBy(sample => classOf[sample]).OrderBy(group => group.Key))
        {
            // Gamma draws over their sum are a Dirichlet draw. As logarithms, since a small alpha's are too small for a number.
            var logarithms = new double[settings.Count];
            for (var i = 0; i < logarithms.Length; i++)
            {
                logarithms[i] = random.LogGamma(settings.Alpha);
            }

            shards.Deal([.. members], Draws.CumulativeShares(logarithms));
        }

        return shards.ToShards(settings.Minimum);
    }
}
