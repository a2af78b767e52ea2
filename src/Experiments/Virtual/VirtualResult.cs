namespace Actors.Experiments.Virtual;

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
