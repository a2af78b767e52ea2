using System.Diagnostics;
using System.Runtime.InteropServices;

using Actors.Contracts.Tensors;
using Actors.Learning.Tests;

using TorchSharp;

using static TorchSharp.torch;

namespace Actors.Learning.Torch.Tests;

public sealed class TorchTaskRunnerTests : IDisposable
{
    private const string DigestFile = "ACTORS_TEST_DIGEST_FILE";

    private readonly Blobs _data = new();

    [Fact]
    public void Model_IsTheStateDictionary_IntegerBuffersIncluded()
    {
        using var runner = Runner();

        Assert.Equal(
            [
                "fc1.bias Float32[4]", "fc1.weight Float32[4, 2]", "fc2.bias Float32[2]", "fc2.weight Float32[2, 4]", "norm.bias Float32[4]",
                "norm.num_batches_tracked Int64[]", "norm.running_mean Float32[4]", "norm.running_var Float32[4]", "norm.weight Float32[4]",
            ],
            runner.Model.Tensors.Select(tensor => tensor.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void WriteModelTensor_ThenRead_GivesTheSameBits()
    {
        using var runner = Runner();
        var bytes = runner.ReadModel();
        for (var i = 0; i < runner.Model.Tensors.Length; i++)
        {
            new Random(i).NextBytes(Rounds.Part(bytes, runner.Model, i));
        }

        runner.WriteModel(bytes);

        Assert.Equal(bytes, runner.ReadModel());
    }

    [Fact]
    public void TrainTask_CountsBatchesInTheIntegerBuffer()
    {
        using var runner = Runner();
        var index = runner.Model.Tensors.ToList().FindIndex(tensor => tensor.Name == "norm.num_batches_tracked");
        var counter = new long[1];
        runner.WriteModelTensor(index, MemoryMarshal.AsBytes<long>([40]));

        runner.TrainTask(Rounds.Context(), epochs: 2);
        runner.ReadModelTensor(index, MemoryMarshal.AsBytes(counter.AsSpan()));

        Assert.Equal(40 + (2 * 3), counter[0]);
    }

    [Fact]
    public void TrainTask_LowersTheLoss_AndReportsItBySampleCount()
    {
        using var runner = Runner();

        var first = runner.TrainTask(Rounds.Context(round: 0));
        var last = Enumerable.Range(1, 20).Select(round => runner.TrainTask(Rounds.Context(round: round))).Last();

        Assert.Equal(24, first.SampleCount);
        Assert.Equal(["loss"], first.Metrics.Select(metric => metric.Name));
        Assert.True(last.Metrics[0].Value < first.Metrics[0].Value);
    }

    [Fact]
    public void ValidateTask_KnowsAccuracyAndLoss_AndChangesNothing()
    {
        using var runner = Runner();
        runner.TrainTask(Rounds.Context(), epochs: 30);
        var before = runner.ReadModel();

        var result = runner.ValidateTask(Rounds.Context());

        Assert.Equal(["accuracy", "loss"], result.Metrics.Select(metric => metric.Name));
        Assert.InRange(result.Metrics[0].Value, 0.9, 1);
        Assert.Equal(before, runner.ReadModel());
    }

    [Fact]
    public void TrainTask_AskedToStop_Stops()
    {
        using var runner = Runner();

        Assert.Throws<OperationCanceledException>(
            () => runner.TrainTask(Rounds.Context() with { CancellationToken = new CancellationToken(canceled: true) }));
    }

    [Fact]
    public void TrainTask_LeavesNoTensorBehind()
    {
        using var runner = Runner();
        runner.TrainTask(Rounds.Context());
        var statistics = DisposeScopeManager.Statistics;
        statistics.Reset();

        runner.TrainTask(Rounds.Context(round: 1), epochs: 3);
        runner.ValidateTask(Rounds.Context());

        Assert.Equal(0, statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void TrainTask_WithTheSameSeed_GivesTheSameBytes_AndWithAnotherSeedOthers()
    {
        Assert.Equal(Trained(seed: 1), Trained(seed: 1));
        Assert.NotEqual(Trained(seed: 1), Trained(seed: 2));
    }

    [Fact]
    public void TrainTask_InAnotherProcess_GivesTheSameBytes()
    {
        var digest = TensorDigester.Of(Trained(seed: 5)).ToString();
        if (Environment.GetEnvironmentVariable(DigestFile) is { } file)
        {
            File.WriteAllText(file, digest);
            return;
        }

        var answer = Path.GetTempFileName();
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(TorchTaskRunnerTests).Assembly.Location);
        }

        start.ArgumentList.Add("-method");
        start.ArgumentList.Add($"{typeof(TorchTaskRunnerTests).FullName}.{nameof(TrainTask_InAnotherProcess_GivesTheSameBytes)}");
        start.Environment[DigestFile] = answer;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.True(process.ExitCode == 0, output);
        Assert.Equal(digest, File.ReadAllText(answer));
        File.Delete(answer);
    }

    [Fact]
    public void SaveNative_WritesWhatTorchSharpLoads()
    {
        using var runner = Runner();
        var path = Path.GetTempFileName();

        runner.SaveNative(path);

        using var network = nn.Sequential(
            ("fc1", nn.Linear(2, 4)), ("norm", nn.BatchNorm1d(4)), ("relu", nn.ReLU()), ("drop", nn.Dropout(0.1)), ("fc2", nn.Linear(4, 2)));
        network.load(path);
        Assert.Equal(runner.Model.Tensors.Length, network.state_dict().Count);
        File.Delete(path);

        runner.TrainTask(Rounds.Context(), epochs: 1); // the network is the runner's still
    }

    public void Dispose() => _data.Dispose();

    private BlobsNetwork Runner(long seed = 1) => new(_data, parameters => optim.Adam(parameters, 0.02)) { Seed = seed };

    private byte[] Trained(long seed)
    {
        using var runner = Runner(seed);
        runner.TrainTask(Rounds.Context(), epochs: 2);
        return runner.ReadModel();
    }
}
