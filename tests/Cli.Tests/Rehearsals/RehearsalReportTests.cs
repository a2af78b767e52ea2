using System.Text.Json;

using Actors.Cli.Composition;
using Actors.Contracts.Faults;

namespace Actors.Cli.Rehearsals.Tests;

public class RehearsalReportTests
{
    [Fact]
    public void ToJson_HasTheKeysThatScriptsRead()
    {
        var json = JsonDocument.Parse(Outcome("a", "a").Report.ToJson()).RootElement;

        Assert.Equal(
            ["disturbedSha256", "equal", "kills", "lostAcceptedResults", "recoverySeconds", "roundsCompleted", "seed", "undisturbedSha256"],
            json.EnumerateObject().Select(property => property.Name).Order(StringComparer.Ordinal));
        Assert.Equal(
            [.. Enum.GetNames<FaultPoint>(), "blindSilo", "blindCollaborator"],
            json.GetProperty("kills").EnumerateObject().Select(property => property.Name));
        Assert.Equal(1, json.GetProperty("kills").GetProperty("RoundClosing").GetInt32());
        Assert.Equal(2, json.GetProperty("recoverySeconds").GetProperty("median").GetDouble());
        Assert.Equal(3, json.GetProperty("recoverySeconds").GetProperty("max").GetDouble());
    }

    [Fact]
    public void Holds_WithTheSameBytesAndNothingLost() => Assert.True(Outcome("a", "a").Holds);

    [Fact]
    public void Holds_WithOtherBytes_NotWhenTheSameCounted() => Assert.False(Outcome("a", "b").Holds);

    [Fact]
    public void Holds_WithOtherBytes_WhenSitesVanishedAndOthersCounted() =>
        Assert.True(Outcome("a", "b", vanishing: new(1, 0, null), counted: ["one"]).Holds);

    [Fact]
    public void Holds_WithOtherBytesAfterVanishing_NotWhenTheSameCounted() =>
        Assert.False(Outcome("a", "b", vanishing: new(1, 0, TimeSpan.Zero)).Holds);

    [Fact]
    public void Holds_WithALostResult_Never() => Assert.False(Outcome("a", "a", lost: 1).Holds);

    private static RehearsalOutcome Outcome(
        string undisturbed, string disturbed, int lost = 0, Vanishing? vanishing = null, string[]? counted = null)
    {
        var happenings = new Happenings(_ => { });
        happenings.Killed("RoundClosing");
        happenings.Recovered(TimeSpan.FromSeconds(3));
        happenings.Recovered(TimeSpan.FromSeconds(1));
        var (before, after) = (Run(undisturbed, 0, ["one", "two"]), Run(disturbed, lost, counted ?? ["one", "two"]));
        return new(RehearsalReport.Of(7, happenings, before, after), before, after, new("", 1, 7, vanishing, TimeSpan.FromSeconds(1)));
    }

    private static RunResult Run(string sha256, int lost, string[] counted) =>
        new([new(0, 1, new Dictionary<string, IReadOnlyDictionary<string, double>>(), counted)], sha256, new(4, lost, 0));
}
