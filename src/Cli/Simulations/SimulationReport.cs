using System.Text.Json;

using Actors.Experiments.Virtual;

namespace Actors.Cli.Simulations;

/// <summary>What a simulation came to; its JSON form is what <c>--json</c> writes.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Collaborators">How many were registered.</param>
/// <param name="Fraction">The part of them that trained in a round.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Trainings">How many local trainings there were.</param>
/// <param name="TrainingsPerSecondPerCore">For each second of a processor's time, aggregation included, scoring not.</param>
/// <param name="Seconds">The rounds' time by the clock.</param>
/// <param name="PeakRssBytes">The most memory the process had resident, its data included.</param>
/// <param name="ModelDigest">The digest of the last model's numbers.</param>
/// <param name="Rounds">The rounds.</param>
internal sealed record SimulationReport(
    string Model,
    int Collaborators,
    double Fraction,
    long Seed,
    long Trainings,
    double TrainingsPerSecondPerCore,
    double Seconds,
    long PeakRssBytes,
    string ModelDigest,
    IReadOnlyList<VirtualRound> Rounds)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>The JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
