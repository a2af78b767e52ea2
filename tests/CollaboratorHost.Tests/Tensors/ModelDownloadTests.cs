using Actors.CollaboratorHost.Tests;
using Actors.Contracts.Compression;
using Actors.Contracts.Tensors;

namespace Actors.CollaboratorHost.Tensors.Tests;

/// <summary>The aggregator publishes half of each step as the encoded change of the model before.</summary>
public sealed class ModelDownloadTests : IAsyncLifetime
{
    private static readonly string First = TensorDigester.Of(FakeRunner.BytesOf(10)).ToString();

    private readonly Federation _federation = new();
    private readonly FakeTasks _tasks = new();

    private FakeGateway Gateway => _federation.Gateway;

    public async ValueTask InitializeAsync()
    {
        (Gateway.Publishing, Gateway.Rounds) = (new() { Values = ValueFormat.Ternary }, 3);
        await _federation.StartAsync();
    }

    public ValueTask DisposeAsync() => _federation.DisposeAsync();

    [Fact]
    public async Task LaterModels_AreMadeOfTheirChanges()
    {
        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal([10, 10.5f, 11], Started());
        Assert.Equal(3, Gateway.Pulled.Count);
        Assert.Equal(First, Gateway.Pulled[0]);
        Assert.DoesNotContain(TensorDigester.Of(FakeRunner.BytesOf(10.5f)).ToString(), Gateway.Pulled);
        Assert.DoesNotContain(TensorDigester.Of(FakeRunner.BytesOf(11)).ToString(), Gateway.Pulled);
    }

    [Fact]
    public async Task ModelBefore_DamagedHere_IsFollowedByTheWholeModel()
    {
        _tasks.Before = context =>
        {
            if (context is { Task: FakeTasks.ValidateLocal, Round: 0 })
            {
                File.WriteAllBytes(Path.Combine(_federation.TensorFolder, First), FakeRunner.BytesOf(77));
            }

            return Task.CompletedTask;
        };

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal([10, 10.5f, 11], Started());
        Assert.Contains(TensorDigester.Of(FakeRunner.BytesOf(10.5f)).ToString(), Gateway.Pulled);
    }

    [Fact]
    public async Task ModelBefore_NotHere_IsNoNeedForTheChange()
    {
        _tasks.Before = context =>
        {
            if (context is { Task: FakeTasks.ValidateLocal, Round: 0 })
            {
                File.Delete(Path.Combine(_federation.TensorFolder, First));
            }

            return Task.CompletedTask;
        };

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal([10, 10.5f, 11], Started());
        Assert.Equal([First, TensorDigester.Of(FakeRunner.BytesOf(10.5f)).ToString()], Gateway.Pulled.Take(2));
    }

    [Fact]
    public async Task UpdatesAndModels_BothEncoded_GoOnFromTheSameModel()
    {
        (_federation.Compression, _federation.DeltaUpdates) = (new() { Values = ValueFormat.Float16 }, true);
        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));
        Assert.Equal([10, 10.5f, 11], Started());
        Assert.Equal(FakeRunner.BytesOf(11.5f), Gateway.Model);
    }

    private IEnumerable<float> Started() => _tasks.Ran.Where(ran => ran.Task == FakeTasks.Train).Select(ran => ran.Counter);
}
