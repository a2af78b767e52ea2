using Actors.CollaboratorHost.Tests;
using Actors.Contracts.Plans;

namespace Actors.CollaboratorHost.Work.Tests;

public sealed class OptimizerTreatmentTests : IAsyncLifetime
{
    private readonly Federation _federation = new();
    private readonly FakeTasks _tasks = new();

    public async ValueTask InitializeAsync()
    {
        _federation.Gateway.Rounds = 2;
        await _federation.StartAsync();
    }

    public ValueTask DisposeAsync() => _federation.DisposeAsync();

    [Fact]
    public async Task Reset_ForgetsBeforeEveryTraining_AndSendsNothing()
    {
        await _federation.RunAsync(_tasks);

        Assert.Equal(2, _tasks.FakeRunner.OptimizerResets);
        Assert.Empty(KindsReported("optimizer"));
    }

    [Fact]
    public async Task ContinueLocal_LeavesTheOptimizerAlone_AndSendsNothing()
    {
        await _federation.RunAsync(_tasks, OptimizerTreatment.ContinueLocal);

        Assert.Equal(0, _tasks.FakeRunner.OptimizerResets);
        Assert.Empty(KindsReported("optimizer"));
    }

    [Fact]
    public async Task ContinueGlobal_SendsTheStateWithItsLayout_AndStartsFromTheAggregated()
    {
        _tasks.Before = context =>
        {
            // What came from the aggregator must undo this.
            _tasks.FakeRunner.Momentum = context is { Round: 1, Task: FakeTasks.ValidateGlobal } ? 100 : _tasks.FakeRunner.Momentum;
            return Task.CompletedTask;
        };

        await _federation.RunAsync(_tasks, OptimizerTreatment.ContinueGlobal);

        Assert.Equal(0, _tasks.FakeRunner.OptimizerResets);
        Assert.Equal(2, _tasks.FakeRunner.Momentum);
        var reported = KindsReported("optimizer");
        Assert.Equal(2, reported.Count);
        Assert.Equal(FakeRunner.OptimizerLayout.ToMessage(), reported[0].Manifest);
        Assert.Null(reported[1].Manifest);
    }

    [Fact]
    public async Task ContinueGlobal_LayoutNotKnownHere_IsPulled()
    {
        _tasks.Before = context =>
        {
            _tasks.FakeRunner.HasOptimizerState = context.Task != FakeTasks.ValidateGlobal && _tasks.FakeRunner.HasOptimizerState;
            return Task.CompletedTask;
        };

        await _federation.RunAsync(_tasks, OptimizerTreatment.ContinueGlobal);

        Assert.Single(_federation.Gateway.CallsTo("PullManifest"));
        Assert.Equal(2, _tasks.FakeRunner.Momentum);
    }

    private List<Contracts.Wire.ReportedBundle> KindsReported(string kind) =>
        [.. _federation.Gateway.Accepted.SelectMany(report => report.Bundles).Where(reported => reported.Bundle.Kind == kind)];
}
