using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Cli.Rehearsals;

/// <summary>What a rehearsal came to; its JSON form is what <c>--json</c> writes.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Kills">How many processes were killed, by kind.</param>
/// <param name="LostAcceptedResults">How many results were acknowledged and did not count.</param>
/// <param name="RoundsCompleted">The rounds of the disturbed run.</param>
/// <param name="UndisturbedSha256">The digest of the last model's file of the undisturbed run.</param>
/// <param name="DisturbedSha256">That of the disturbed one.</param>
/// <param name="RecoverySeconds">From a restart to the next accepted call.</param>
internal sealed record RehearsalReport(
    int Seed,
    IReadOnlyDictionary<string, int> Kills,
    int LostAcceptedResults,
    int RoundsCompleted,
    string UndisturbedSha256,
    string DisturbedSha256,
    RecoverySeconds RecoverySeconds)
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>Whether both runs end with the same bytes.</summary>
    [JsonPropertyOrder(1)]
    public bool Equal => UndisturbedSha256 == DisturbedSha256;

    /// <summary>Makes it of what happened.</summary>
    public static RehearsalReport Of(int seed, Happenings happenings, RunResult undisturbed, RunResult disturbed) => new(
        seed,
        happenings.Kills,
        disturbed.Results.Lost,
        disturbed.Rounds.Count,
        undisturbed.Sha256,
        disturbed.Sha256,
        RecoverySeconds.Of(happenings.Recoveries));

    /// <summary>The JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>How long it takes until a node that was killed and started again gets a call through.</summary>
/// <param name="Median">The median in seconds; 0 without any.</param>
/// <param name="Max">The longest.</param>
internal sealed record RecoverySeconds(double Median, double Max)
{
    /// <summary>Takes the figures.</summary>
    /// <param name="times">The times, ascending.</param>
    public static RecoverySeconds Of(IReadOnlyList<TimeSpan> times) => times.Count == 0
        ? new(0, 0)
        : new(
            Math.Round((times[(times.Count - 1) / 2] + times[times.Count / 2]).TotalSeconds / 2, 3),
            Math.Round(times[^1].TotalSeconds, 3));
}
