#:project ../src/Experiments/Actors.Experiments.csproj

// An aggregation rule of your own, against a collaborator that sends rubbish.
using Actors.Experiments;
using Actors.Learning;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

var (images, classes) = HandwrittenDigits.Load();
using var shards = FederatedDataset.Shard(images, classes, collaborators: 5);

// The fifth has a loss of its own: it walks uphill where the others walk down.
var honest = Model((output, target) => functional.cross_entropy(output, target));
var attacker = Model((output, target) => -0.7 * functional.cross_entropy(output, target));
var data = new FederatedDataset([.. shards.Collaborators.Take(4), shards.Collaborators[4] with { Model = attacker }]);

LinePlot.Save(
    "custom_aggregation_rule.png",
    new("Five collaborators, one of them an attacker", "round", "accuracy"),
    await AccuracyAsync("weighted_average", "weighted_average"),
    await AccuracyAsync("bounded_average, the default", "bounded_average"),
    await AccuracyAsync("MiddleMean, our own", nameof(MiddleMean)));

async Task<PlotLine> AccuracyAsync(string name, string rule)
{
    using var result = await LocalFederation.RunExperimentAsync(honest, data, new()
    {
        Plan =
        {
            ["aggregator.settings.rounds_to_train"] = 8,
            ["tasks.train.aggregation_type"] = new Dictionary<string, object?> { ["template"] = rule },
        },
        Classes = [typeof(MiddleMean)],
    });
    var accuracy = result.Metrics["aggregated_model_validation/accuracy"].Select(value => value!.Value).ToArray();
    Console.WriteLine($"{name}: {accuracy[^1]:F2} after the last round");
    return new(name, [.. Enumerable.Range(0, accuracy.Length).Select(round => (double)round)], accuracy);
}

FederatedModel Model(Func<Tensor, Tensor, Tensor> loss) => new(
    () => Sequential(("flatten", Flatten()), ("hidden", Linear(64, 32)), ("relu", ReLU()), ("scores", Linear(32, 10))),
    parameters => optim.SGD(parameters, 0.3),
    loss);

// Of each coordinate the mean of those updates that are neither among the least nor among the greatest.
public sealed class MiddleMean(int leaveOut = 1) : AggregationRule
{
    public override void Combine(UpdateBlock updates, Span<double> result)
    {
        var sorted = new double[updates.Count];
        for (var i = 0; i < result.Length; i++)
        {
            for (var k = 0; k < updates.Count; k++) sorted[k] = updates[k][i];
            Array.Sort(sorted);
            result[i] = sorted[leaveOut..^leaveOut].Average();
        }
    }
}
