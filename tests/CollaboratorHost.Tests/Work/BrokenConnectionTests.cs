using Actors.CollaboratorHost.Tensors;
using Actors.CollaboratorHost.Tests;
using Actors.Contracts.Tensors;

using Grpc.Core;

using Microsoft.Extensions.Logging;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Work.Tests;

/// <summary>What a network, a gateway or a disk can do to a collaborator that stays alive.</summary>
public sealed class BrokenConnectionTests : IAsyncLifetime
{
    private readonly Federation _federation = new();
    private readonly FakeTasks _tasks = new();

    private FakeGateway Gateway => _federation.Gateway;

    public async ValueTask InitializeAsync() => await _federation.StartAsync();

    public ValueTask DisposeAsync() => _federation.DisposeAsync();

    [Fact]
    public async Task Upload_Broken_GoesOnFromTheStoredByte()
    {
        Gateway.OnPushed = Once<long>(stored => stored == FakeGateway.PieceBytes, () => throw Unavailable());

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(["PushTensors train 0", "PushTensors train 16"], Gateway.CallsTo("PushTensors"));
        Assert.Equal(FakeRunner.BytesOf(11), Gateway.Model);
        Assert.Single(_tasks.Ran, ran => ran.Task == FakeTasks.Train);
    }

    [Fact]
    public async Task Download_Broken_IsAskedForAgain()
    {
        var once = Once<int>(offset => offset > 0, () => throw Unavailable());
        Gateway.OnPull = (offset, piece) =>
        {
            once(offset);
            return piece;
        };

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(2, Gateway.CallsTo("PullTensors").Count());
        Assert.Equal(10, _tasks.Ran[0].Counter);
    }

    [Fact]
    public async Task Download_OfWhichAPartIsHere_GoesOnFromTheLastByte()
    {
        using (var partial = new LocalTensorStore(_federation.TensorFolder).OpenPartial(TensorDigester.Of(Gateway.Model), Gateway.Model.Length))
        {
            partial.Append(Gateway.Model.AsSpan(0, 16));
        }

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(["PullTensors 16"], Gateway.CallsTo("PullTensors"));
        Assert.Equal(10, _tasks.Ran[0].Counter);
    }

    [Fact]
    public async Task Download_WrongDigest_IsDownloadedAgain()
    {
        var corrupt = true;
        Gateway.OnPull = (_, piece) =>
        {
            var sent = corrupt ? new byte[piece.Length] : piece;
            corrupt = false;
            return sent;
        };

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(["PullTensors 0", "PullTensors 0"], Gateway.CallsTo("PullTensors"));
        Assert.Contains("does not have the digest", Assert.Single(_federation.Logs.At(LogLevel.Warning)), StringComparison.Ordinal);
        Assert.Equal(10, _tasks.Ran[0].Counter);
    }

    [Fact]
    public async Task Calls_Unavailable_AreTriedAgainAndToldOnce()
    {
        var failures = 0;
        Gateway.OnCall = _ =>
        {
            if (failures++ < 5)
            {
                throw Unavailable();
            }
        };

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Single(_federation.Logs.At(LogLevel.Warning));
        Assert.Equal(3, Gateway.Accepted.Count);
    }

    [Fact]
    public async Task Gateway_GoneAndBackDuringTraining_LosesNothing()
    {
        _tasks.Before = async context =>
        {
            if (context.Task == FakeTasks.Train)
            {
                await _federation.StopAsync();
            }
        };
        var run = _federation.RunAsync(_tasks);
        await _federation.Logs.Seen("Nothing listens").WaitAsync(Federation.Patience);

        await _federation.StartAsync();

        Assert.Equal(ExitCodes.Ended, await run);
        Assert.Equal(3, Gateway.Accepted.Count);
        Assert.Single(_tasks.Ran, ran => ran.Task == FakeTasks.Train);
        Assert.Contains($"The gateway {_federation.Address.Authority} answers again.", _federation.Logs.At(LogLevel.Information));
    }

    [Fact]
    public async Task Report_AnswerLost_IsReportedAgainAndCountsOnce()
    {
        // The gateway commits, but its answer does not arrive.
        var lost = false;
        Gateway.OnReport = report =>
        {
            if (report.Task != FakeTasks.ValidateGlobal || lost)
            {
                return null;
            }

            lost = true;
            Gateway.OnReport = null;
            Gateway.ReportResult(report, null!);
            throw Unavailable();
        };

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(3, Gateway.Accepted.Count);
        Assert.Contains(_federation.Logs.At(LogLevel.Debug), line => line.Contains("already before: True", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Report_BytesMissingAfterACompletePush_PushesAgain()
    {
        // A gateway whose disk lost the update between push and commit.
        Gateway.OnReport = report =>
        {
            if (report.Bundles.Count == 0 || Gateway.CallsTo("ReportResult train").Count() > 2)
            {
                return null;
            }

            Gateway.ForgetUploads();
            return new() { BytesMissing = new() { Missing = { new Wire.MissingBytes { Digest = report.Bundles[0].Bundle.Digest } } } };
        };

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(["PushTensors train 0", "PushTensors train 0"], Gateway.CallsTo("PushTensors").Take(2));
        Assert.Equal(3, Gateway.Accepted.Count);
    }

    [Fact]
    public async Task Upload_NotTakenWhereItWasAskedFor_AsksAgain()
    {
        var misplaced = new RpcException(new Status(StatusCode.InvalidArgument, "16 bytes are stored"));
        Gateway.OnPushed = Once<long>(_ => true, () => throw misplaced);

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(["PushTensors train 0", "PushTensors train 16"], Gateway.CallsTo("PushTensors"));
        Assert.DoesNotContain(_federation.Logs.Lines, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Upload_NeverTaken_EndsTheProcess()
    {
        Gateway.OnCall = call =>
        {
            if (call.StartsWith("PushTensors", StringComparison.Ordinal))
            {
                throw new RpcException(new Status(StatusCode.InvalidArgument, "too large"));
            }
        };

        Assert.Equal(ExitCodes.GatewayRefused, await _federation.RunAsync(_tasks));
    }

    [Fact]
    public async Task Upload_RoundClosedMeanwhile_IsNoBrokenConnection()
    {
        Gateway.Rounds = 2;
        Gateway.OnPushed = Once<long>(_ => true, () =>
        {
            Gateway.CloseRound();
            throw new RpcException(new Status(StatusCode.Aborted, "the round is closed"));
        });

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.DoesNotContain(_federation.Logs.Lines, line => line.Level >= LogLevel.Warning);
        Assert.Single(Gateway.Accepted, report => report.Task == FakeTasks.Train);
    }

    [Fact]
    public async Task Report_KeptBytesDamagedOnDisk_TrainsAgain()
    {
        Gateway.OnCall = Once<string>(call => call is "ReportResult train", () =>
        {
            foreach (var file in Directory.GetFiles(_federation.TensorFolder))
            {
                File.WriteAllBytes(file, new byte[new FileInfo(file).Length]);
            }
        });

        Assert.Equal(ExitCodes.Ended, await _federation.RunAsync(_tasks));

        Assert.Equal(2, _tasks.Ran.Count(ran => ran.Task == FakeTasks.Train));
        Assert.Equal(FakeRunner.BytesOf(11), Gateway.Model);
    }

    private static RpcException Unavailable() => new(new Status(StatusCode.Unavailable, "the network is down"));

    private static Action<T> Once<T>(Func<T, bool> when, Action what)
    {
        var done = false;
        return value =>
        {
            if (!done && when(value))
            {
                done = true;
                what();
            }
        };
    }
}
