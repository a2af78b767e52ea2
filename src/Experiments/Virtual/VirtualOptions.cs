namespace Actors.Experiments.Virtual;

/// <summary>How a federation of virtual collaborators goes.</summary>
public sealed record VirtualOptions
{
    /// <summary>The part of the collaborators that trains in a round, above 0 to 1 (C of McMahan et al., 2017). Default: 0.01.</summary>
    public double Fraction { get; init; } = 0.01;

    /// <summary>How many rounds; at least 1. Default: 100.</summary>
    public int Rounds { get; init; } = 100;

    /// <summary>What everything random is drawn from. Default: 0.</summary>
    public long Seed { get; init; }

    /// <summary>How many train at once; at least 1. Has no influence on the bytes. Default: as many as processors.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>The rule by which updates become a model, as in a plan. Default: the weighted average of bounded updates.</summary>
    public string Aggregation { get; init; } = "bounded_average";

    /// <summary>The rule's settings, as in a plan.</summary>
    public IReadOnlyDictionary<string, double> AggregationSettings { get; init; } = new Dictionary<string, double>();

    /// <summary>After how many rounds the model is scored; the last one always is. Default: 10.</summary>
    public int EvaluateEvery { get; init; } = 10;

    /// <summary>Hears each round when it is over.</summary>
    public IProgress<VirtualRound>? Progress { get; init; }
}
