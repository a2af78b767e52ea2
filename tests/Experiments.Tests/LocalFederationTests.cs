using System.Runtime.InteropServices;

using Actors.Contracts.Models;

using TorchSharp;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Tests;

public sealed class LocalFederationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("experiments-");
    private readonly FederatedDataset _data = Digits.Shard(2);

    public void Dispose()
    {
        _data.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task RunExperiment_TrainsAndTellsEachRound()
    {
        var heard = new List<RoundMetrics>();

        using var result = await LocalFederation.RunExperimentAsync(
            Digits.Linear, _data, new() { Plan = { ["aggregator.settings.rounds_to_train"] = 3 }, Progress = new Listener(heard) });

        Assert.Equal([0, 1, 2], heard.Select(round => round.Round));
        Assert.All(heard, round => Assert.Equal(3, round.Rounds));
        Assert.Equal(heard, result.Metrics);
        var accuracy = result.Metrics["aggregated_model_validation/accuracy"];
        Assert.True(accuracy[2] > accuracy[0] + 0.3, string.Join(", ", accuracy));
        Assert.NotNull(result.BestModel);
    }

    [Fact]
    public async Task RunExperiment_GivesTheNetworkWithTheLastWeights()
    {
        using var result = await LocalFederation.RunExperimentAsync(Digits.Linear, _data, Rounds(2));

        using var frozen = no_grad();
        var (right, all) = (0L, 0L);
        foreach (var batch in _data.Collaborators.SelectMany(one => one.Validation!.InOrder(100)))
        {
            right += result.Model.forward(batch.Input).argmax(1).eq(batch.Target).sum().ToInt64();
            all += batch.Count;
            batch.Dispose();
        }

        Assert.False(result.Model.training);
        Assert.True((double)right / all > result.Metrics["aggregated_model_validation/accuracy"][1], $"{right} of {all}");
    }

    [Fact]
    public async Task RunExperiment_WithTheSameSeed_GivesTheSameBytes()
    {
        // Dropout draws from the generator that all collaborators of a process share.
        var model = new FederatedModel(
            () => Sequential(("flatten", Flatten()), ("dropout", Dropout(0.5)), ("scores", nn.Linear(64, 10))),
            parameters => optim.Adam(parameters, 0.01));

        var first = await LastBytesAsync(model, "first", 7);
        var second = await LastBytesAsync(model, "second", 7);
        var other = await LastBytesAsync(model, "other", 8);

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task RunExperiment_WithACollaboratorThatTrainsInItsOwnWay_TrainsTheOthersAsTheyDo()
    {
        // Steps of no length: what it sends is the model it got, and the average goes half as far.
        var still = new FederatedModel(
            () => Sequential(("flatten", Flatten()), ("scores", nn.Linear(64, 10))), parameters => optim.SGD(parameters, 0));
        var mixed = new FederatedDataset(_data.Collaborators[0], _data.Collaborators[1] with { Model = still });
        var alone = new FederatedDataset(_data.Collaborators[0]);

        var (one, both) = (await ChangeAsync(alone), await ChangeAsync(mixed));

        var share = (double)_data.Collaborators[0].Train!.Count / _data.Collaborators.Sum(collaborator => collaborator.Train!.Count);
        Assert.All(one.Zip(both), pair => Assert.Equal(share * pair.First, pair.Second, 1e-6));
        Assert.Contains(one, change => Math.Abs(change) > 0.01);
    }

    [Fact]
    public async Task RunExperiment_WithWrongOverrides_NamesEachWithTheNearestKeyOrTheRightValue()
    {
        var refusal = await Assert.ThrowsAsync<PlanException>(() => LocalFederation.RunExperimentAsync(Digits.Linear, _data, new()
        {
            Plan =
            {
                ["aggregator.settings.rounds_to_trian"] = 5,
                ["aggregator.settings.db_store_rounds"] = "two",
                ["task_runner.settings.sed"] = 1,
                ["data_loader.settings.batch_size"] = 1.5,
                ["tasks.trian.kwargs.epochs"] = 2,
                ["tasks.train.kwargs.epoch"] = 2,
                ["rounds_to_train"] = 5,
            },
        }));

        Assert.Equal(
            """
            rounds_to_train: is not a known key; did you mean aggregator.settings.rounds_to_train? Known sections: aggregator, collaborator, data_loader, task_runner, network, assigner, tasks, compression_pipeline, straggler_handling_policy.
            tasks.trian.kwargs.epochs: there is no task trian; did you mean train? Known: aggregated_model_validation, train, locally_tuned_model_validation.
            aggregator.settings.rounds_to_trian: is not a known key; did you mean rounds_to_train? Known: init_state_path, best_state_path, last_state_path, rounds_to_train, db_store_rounds, write_logs, best_metric, log_metric_callback, single_col_cert_common_name.
            aggregator.settings.db_store_rounds: "two" is not a whole number; write a whole number.
            data_loader.settings.batch_size: 1.5 is not a whole number; write a whole number.
            task_runner.settings.sed: is not a known key; did you mean seed? Known: seed, proximal_mu.
            tasks.train.kwargs.epoch: is not a known key; did you mean epochs? Known: epochs, batch_size, apply, metrics.
            """,
            string.Join("\n", refusal.Problems));
    }

    [Fact]
    public async Task RunExperiment_WhenTheModelDoesNotFitTheData_SaysWhoGaveUpAndWhy()
    {
        var model = new FederatedModel(
            () => Sequential(("flatten", Flatten()), ("scores", nn.Linear(63, 10))), parameters => optim.SGD(parameters, 0.1));

        var failure = await Assert.ThrowsAsync<ExperimentException>(() => LocalFederation.RunExperimentAsync(model, _data, Rounds(1)));

        Assert.Matches("^collaborator[12] gave up: .*(64|63)", failure.Message);
        Assert.NotNull(failure.InnerException);
    }

    [Theory]
    [InlineData(3e38, 1)]
    [InlineData(0.1, float.PositiveInfinity)]
    public async Task RunExperiment_ThatDiverges_EndsWithWhoAndWhy(double rate, float lossScale)
    {
        var model = new FederatedModel(
            () => Sequential(("flatten", Flatten()), ("scores", nn.Linear(64, 10))),
            parameters => optim.SGD(parameters, rate),
            (output, target) => functional.cross_entropy(output, target) is var loss && lossScale == 1 ? loss : loss + (loss.detach() * lossScale));

        var failure = await Assert.ThrowsAsync<ExperimentException>(() =>
            LocalFederation.RunExperimentAsync(model, _data, Rounds(3)).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken));

        Assert.Matches("^collaborator[12] gave up: ", failure.Message);
        Assert.Contains("must be finite", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunExperiment_Cancelled_Ends()
    {
        using var stop = new CancellationTokenSource();
        var running = LocalFederation.RunExperimentAsync(
            Digits.Linear,
            _data,
            new() { Plan = { ["aggregator.settings.rounds_to_train"] = 1_000_000 }, Progress = new Listener([], stop.Cancel) },
            stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task RunExperiment_WhenTheListenerThrows_EndsWithWhatItThrew()
    {
        var listener = new Listener([], () => throw new InvalidOperationException("The listener's own."));

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => LocalFederation.RunExperimentAsync(
            Digits.Linear, _data, new() { Plan = { ["aggregator.settings.rounds_to_train"] = 1_000 }, Progress = listener }));

        Assert.Equal("The listener's own.", failure.Message);
    }

    [Fact]
    public async Task RunExperiment_InAFolderThatHasOne_Refuses()
    {
        var folder = Path.Combine(_folder.FullName, "taken");
        Directory.CreateDirectory(Path.Combine(folder, "logs"));
        await File.WriteAllTextAsync(Path.Combine(folder, "logs", "metrics.jsonl"), "");

        var refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => LocalFederation.RunExperimentAsync(Digits.Linear, _data, new() { Folder = folder }));

        Assert.Contains("name another folder", refusal.Message, StringComparison.Ordinal);
    }

    private static ExperimentOptions Rounds(int rounds) => new() { Plan = { ["aggregator.settings.rounds_to_train"] = rounds } };

    // The change of every weight in one round.
    private async Task<double[]> ChangeAsync(FederatedDataset data)
    {
        var folder = Path.Combine(_folder.FullName, $"{data.Collaborators.Count}");
        using var result = await LocalFederation.RunExperimentAsync(Digits.Linear, data, new()
        {
            Plan =
            {
                ["aggregator.settings.rounds_to_train"] = 1,
                ["tasks.train.aggregation_type.template"] = "weighted_average",
            },
            Folder = folder,
        });
        return [.. Weights(folder, "last").Zip(Weights(folder, "init"), (last, first) => (double)last - first)];
    }

    private static float[] Weights(string folder, string name)
    {
        using var file = ModelFile.Read(Path.Combine(folder, "save", $"{name}.pbuf"));
        var bytes = new byte[file.Manifest.ByteLength];
        file.Read(0, bytes);
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    private async Task<byte[]> LastBytesAsync(FederatedModel model, string name, int seed)
    {
        var folder = Path.Combine(_folder.FullName, name);
        using var result = await LocalFederation.RunExperimentAsync(
            model,
            _data,
            new() { Plan = { ["aggregator.settings.rounds_to_train"] = 2, ["task_runner.settings.seed"] = seed }, Folder = folder });
        return await File.ReadAllBytesAsync(Path.Combine(folder, "save", "last.pbuf"));
    }

    // Progress<T> would tell later, on another thread.
    private sealed class Listener(List<RoundMetrics> heard, Action? then = null) : IProgress<RoundMetrics>
    {
        public void Report(RoundMetrics value)
        {
            heard.Add(value);
            then?.Invoke();
        }
    }
}
