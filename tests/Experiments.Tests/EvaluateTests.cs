using TorchSharp;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Tests;

/// <summary>A federated evaluation in one process.</summary>
public sealed class EvaluateTests : IDisposable
{
    private readonly FederatedDataset _data = Digits.Shard(2);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Evaluate_OfATrainedNetwork_MeasuresWhatTheSamplesSay()
    {
        using var trained = await LocalFederation.RunExperimentAsync(
            Digits.Linear, _data, new() { Plan = { ["aggregator.settings.rounds_to_train"] = 2 } });
        var weights = trained.Model.parameters().First().data<float>().ToArray();

        var measured = await LocalFederation.EvaluateAsync(
            Digits.Linear, trained.Model, new FederatedDataset([.. _data.Collaborators.Select(one => one with { Train = null })]));

        using var frozen = no_grad();
        var (right, all) = (0L, 0L);
        foreach (var batch in _data.Collaborators.SelectMany(one => one.Validation!.InOrder(100)))
        {
            right += trained.Model.forward(batch.Input).argmax(1).eq(batch.Target).sum().ToInt64();
            all += batch.Count;
            batch.Dispose();
        }

        Assert.Equal((double)right / all, measured["aggregated_model_validation/accuracy"]!.Value, 1e-9);
        Assert.Equal((0, 1), (measured.Round, measured.Rounds));
        Assert.Null(measured["train/loss"]);
        Assert.Equal(weights, trained.Model.parameters().First().data<float>().ToArray());
    }

    [Fact]
    public async Task Evaluate_OfAnotherNetwork_NamesTheTensor()
    {
        using var other = Sequential(("flatten", Flatten()), ("scores", Linear(64, 9)));

        var refusal = await Assert.ThrowsAsync<ArgumentException>(() => LocalFederation.EvaluateAsync(Digits.Linear, other, _data));

        Assert.StartsWith("The network has no tensor scores.weight Float32[10, 64] as the model does", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Evaluate_WithoutATaskForIt_SaysWhatIsMissing()
    {
        using var network = Sequential(("flatten", Flatten()), ("scores", Linear(64, 10)));

        var refusal = await Assert.ThrowsAsync<PlanException>(() => LocalFederation.EvaluateAsync(
            Digits.Linear, network, _data, new() { Plan = { ["tasks.aggregated_model_validation.kwargs.apply"] = "local" } }));

        Assert.StartsWith("tasks: none validates the global model", refusal.Message, StringComparison.Ordinal);
    }
}
