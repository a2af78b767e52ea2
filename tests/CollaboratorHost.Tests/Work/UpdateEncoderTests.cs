using Actors.CollaboratorHost.Tests;
using Actors.Contracts.Compression;

using Grpc.Core;

namespace Actors.CollaboratorHost.Work.Tests;

/// <summary>Updates travel as the pipeline says; what this collaborator measures and keeps is not touched by it.</summary>
public sealed class UpdateEncoderTests : IAsyncLifetime
{
    // Half of the one number that changes is sent, for the padding beside it counts in the mean; the other half is left for the next round.
    private static readonly CompressionPipeline Halving = new() { Values = ValueFormat.Ternary };

    private readonly Federation _federation = new();
    private readonly FakeTasks _tasks = new();

    private FakeGateway Gateway => _federation.Gateway;

    public async ValueTask InitializeAsync() => await _federation.StartAsync();

    public ValueTask DisposeAsync() => _federation.DisposeAsync();

    [Theory]
    [InlineData(ValueFormat.Float16, 1.0, true)]
    [InlineData(ValueFormat.Float16, 1.0, false)]
    [InlineData(ValueFormat.KMeans, 1.0, false)]
    [InlineData(ValueFormat.Ternary, 0.1, true)]
    [InlineData(ValueFormat.Float32, 0.1, true)]
    [InlineData(ValueFormat.Float32, 1.0, true)]
    public async Task Rounds_GoOnFromTheDecodedUpdate(ValueFormat values, double fraction, bool deltas)
    {
        (_federation.Compression, _federation.DeltaUpdates) = (new() { Values = values, Fraction = fraction, ZstdLevel = 3 }, deltas);
        Gateway.Rounds = 3;

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(FakeRunner.BytesOf(13), Gateway.Model);
        Assert.All(
            Gateway.Accepted.SelectMany(report => report.Bundles),
            reported => Assert.Equal(deltas, reported.Bundle.Encoding.Basis.Length > 0));
    }

    [Fact]
    public async Task LocalValidation_MeasuresTheTrainedWeights_NotTheDecodedOnes()
    {
        (_federation.Compression, _federation.DeltaUpdates) = (Halving, true);
        await _federation.RunAsync(_tasks);
        Assert.Contains((FakeTasks.ValidateLocal, 11), _tasks.Ran);
        Assert.Equal(FakeRunner.BytesOf(10.5f), Gateway.Model);
    }

    [Fact]
    public async Task WhatAnEncodingLeavesOut_GoesWithTheNext()
    {
        (_federation.Compression, _federation.DeltaUpdates) = (Halving, true);
        Gateway.Rounds = 4;

        await _federation.RunAsync(_tasks);

        // Each round trains by 1 and sends half of that and of what was left: 0.5, 0.75, 0.875, 0.9375.
        Assert.Equal(FakeRunner.BytesOf(13.0625f), Gateway.Model);
        Assert.Equal(["2", "3"], Residuals().Select(path => Path.GetFileName(path).Split('.')[0]).Order());
    }

    [Fact]
    public async Task ResultThatIsComputedAgainAfterADeath_EncodesToTheSameBytes()
    {
        (_federation.Compression, _federation.DeltaUpdates) = (Halving, true);
        Gateway.Rounds = 2;
        string? first = null;
        using var death = new CancellationTokenSource();
        Gateway.OnReport = report =>
        {
            if (report is { Round: 1, Task: FakeTasks.Train })
            {
                first = report.Bundles[0].Bundle.Encoding.Digest;
                death.Cancel();
                throw new RpcException(new Status(StatusCode.Unavailable, "too late"));
            }

            return null;
        };
        await _federation.RunAsync(_tasks, cancellationToken: death.Token);
        Gateway.OnReport = null;
        Directory.Delete(Path.Combine(_federation.StateFolder, "collaborators", "one", "results"), recursive: true);
        var again = new FakeTasks();

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(again));

        Assert.Contains(again.Ran, ran => ran.Task == FakeTasks.Train);
        Assert.Equal(first, Gateway.Accepted.Last(report => report.Task == FakeTasks.Train).Bundles[0].Bundle.Encoding.Digest);
        Assert.Equal(FakeRunner.BytesOf(11.25f), Gateway.Model);
    }

    [Fact]
    public async Task DamagedResidual_IsLeftOut()
    {
        (_federation.Compression, _federation.DeltaUpdates) = (Halving, true);
        Gateway.Rounds = 2;
        _tasks.Before = _ =>
        {
            Residuals().ToList().ForEach(path => File.WriteAllBytes(path, new byte[new FileInfo(path).Length]));
            return Task.CompletedTask;
        };

        await _federation.RunAsync(_tasks);

        Assert.Equal(FakeRunner.BytesOf(11), Gateway.Model);
    }

    private IEnumerable<string> Residuals()
    {
        var folder = Path.Combine(_federation.StateFolder, "collaborators", "one", "residuals");
        return Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*.residual", SearchOption.AllDirectories) : [];
    }
}
