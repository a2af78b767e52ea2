using Actors.Silo.Running.Tests;

using Grpc.Core;

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Actors.Silo.Faults.Tests;

/// <summary>Somebody else holds the aggregator's database: a backup, or a person with a shell.</summary>
public sealed class DatabaseLockedTests(UndisturbedModel undisturbed) : AggregatorTest, IClassFixture<UndisturbedModel>
{
    [Fact]
    public async Task Report_WhileTheDatabaseIsLocked_IsUnavailableAndAcceptedOnceItIsFree()
    {
        using var logs = new CollectedLogs();
        await using var aggregator = await StartAsync(["one", "two"], change: Logging(logs));
        using var one = aggregator.Collaborator("one");
        await one.GetTasksAsync();

        using (Lock())
        {
            var problem = await Assert.ThrowsAsync<RpcException>(() => one.ReportMetricAsync(0, "validate", 0.5));

            Assert.Equal(StatusCode.Unavailable, problem.StatusCode);
            Assert.Equal("The aggregator cannot answer now; try again. Its log says why.", problem.Status.Detail);
            Assert.Contains(logs.Lines, line => line.Contains("ReportResult failed", StringComparison.Ordinal) && line.Contains("locked", StringComparison.Ordinal));
            Assert.Equal(["validate", "train"], (await one.GetTasksAsync()).Work.Tasks);
        }

        Assert.False((await one.ReportMetricAsync(0, "validate", 0.5)).Accepted.Already);
        Assert.Equal(["train"], (await one.GetTasksAsync()).Work.Tasks);
    }

    [Fact]
    public async Task LockedUntilCallsFail_TheFederationGoesOnByItself()
    {
        using var logs = new CollectedLogs();

        var model = await HostedFederation.RunAsync(Folder, Authority, change: Logging(logs), trouble: async () =>
        {
            using (Lock())
            {
                await logs.UntilAsync("database is locked");
            }
        });

        Assert.Equal(await undisturbed.GetAsync(), model);
    }

    private static Action<RunningAggregator.Settings> Logging(CollectedLogs logs) =>
        settings => settings.Configure = builder => builder.Logging.AddProvider(logs);

    private SqliteConnection Lock()
    {
        var connection = new SqliteConnection($"Data Source={Path.Combine(Folder, "aggregator.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "BEGIN EXCLUSIVE";
        command.ExecuteNonQuery();
        return connection; // Closing it gives the lock back.
    }
}
