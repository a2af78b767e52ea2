using Actors.TestKit.Certificates;

namespace Actors.Silo.Running.Tests;

/// <summary>A folder and an authority for one test class.</summary>
public abstract class AggregatorTest : IDisposable
{
    private protected TestAuthority Authority { get; } = TestAuthority.Create();

    private protected string Folder { get; } = Directory.CreateTempSubdirectory("actors-silo-").FullName;

    public void Dispose()
    {
        Authority.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private protected Task<RunningAggregator> StartAsync(
        string[] members, int rounds = 2, Action<RunningAggregator.Settings>? change = null) =>
        RunningAggregator.StartAsync(Folder, Authority, members, rounds, change);
}
