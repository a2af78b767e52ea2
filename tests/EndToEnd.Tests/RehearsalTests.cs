using System.Text.Json;

using Actors.EndToEnd.Running;

namespace Actors.EndToEnd.Tests;

/// <summary>Whole rehearsals: what a consortium runs before it signs, and what says that a crash loses nothing.</summary>
public sealed class RehearsalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("fx-rehearsals-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task KilledAtMomentsOfThreeSeeds_EndsWithTheSameModelAndNothingLost()
    {
        foreach (var seed in new[] { "1", "2", "3" })
        {
            var report = await RehearseAsync(
                "--template", "synthetic", "--collaborators", "3", "--rounds", "5", "--kills", "5", "--seed", seed);

            Assert.Equal(5, Kills(report));
            AssertHolds(report, rounds: 5);
            Assert.True(report.GetProperty("recoverySeconds").GetProperty("median").GetDouble() > 0, "No recovery was seen.");
        }
    }

    [Fact]
    public async Task OwnPlan_WithASiteThatVanishesAndReturns_EndsWithTheSameModel()
    {
        await Fx.RunAsync(_folder, "workspace", "create", "--prefix", "hospital", "--template", "synthetic");

        var report = await RehearseAsync("--rounds", "4", "--vanish", "1", "--in-round", "2", "--return-after", "1");

        Assert.Equal(1, report.GetProperty("kills").GetProperty("blindCollaborator").GetInt32());
        AssertHolds(report, rounds: 4);
    }

    private static int Kills(JsonElement report) => report.GetProperty("kills").EnumerateObject().Sum(kind => kind.Value.GetInt32());

    private static void AssertHolds(JsonElement report, int rounds)
    {
        Assert.True(report.GetProperty("equal").GetBoolean(), report.ToString());
        Assert.Equal(0, report.GetProperty("lostAcceptedResults").GetInt32());
        Assert.Equal(rounds, report.GetProperty("roundsCompleted").GetInt32());
    }

    // In a workspace's folder where there is one; the work goes beside it.
    private async Task<JsonElement> RehearseAsync(params string[] options)
    {
        var hospital = Path.Combine(_folder, "hospital");
        var json = Path.Combine(_folder, "report.json");
        await Fx.RunAsync(
            Directory.Exists(hospital) ? hospital : _folder,
            ["rehearse", "--workdir", Path.Combine(_folder, "work"), "--json", json, .. options]);
        return JsonDocument.Parse(await File.ReadAllTextAsync(json)).RootElement;
    }
}
