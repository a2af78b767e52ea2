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

/// <summary>What a round of virtual collaborators came to.</summary>
/// <param name="Round">Its number, from 0.</param>
/// <param name="Collaborators">How many trained.</param>
/// <param name="Loss">The mean of their losses, weighted by their samples.</param>
/// <param name="ValidationLoss">The next model's mean loss on the samples put aside; null when it was not scored.</param>
/// <param name="Accuracy">The part of those samples it gets right.</param>
public sealed record VirtualRound(int Round, int Collaborators, double Loss, double? ValidationLoss, double? Accuracy);

/// <summary>What a federation of virtual collaborators came to.</summary>
/// <param name="Model">The last model's parameters, as its manifest lays them out.</param>
/// <param name="Digest">Their digest: the same for the same model, shards and options on the same kind of processor, whatever the number of workers.</param>
/// <param name="Rounds">The rounds.</param>
/// <param name="Trainings">How many local trainings there were.</param>
/// <param name="ProcessorTime">The processor's time of the rounds, aggregation included, scoring not.</param>
/// <param name="Elapsed">The same by the clock.</param>
/// <param name="PeakRssBytes">The most memory this process had resident since it started.</param>
public sealed record VirtualResult(
    ReadOnlyMemory<float> Model, string Digest, IReadOnlyList<VirtualRound> Rounds, long Trainings, TimeSpan ProcessorTime, TimeSpan Elapsed, long PeakRssBytes)
{
    /// <summary>Local trainings for each second of a processor's time.</summary>
    public double TrainingsPerSecondPerCore => Trainings / Math.Max(ProcessorTime.TotalSeconds, 1e-9);
}
