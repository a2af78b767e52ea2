#:project ../src/Experiments/Actors.Experiments.csproj

// Your own model and data: three clinics of different size, a module of your own and a loss of your own.
using Actors.Experiments;
using Actors.Learning.Torch;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

// Data that is apart already: a CollaboratorData for each site. Here two spirals, class 0 and class 1, with each clinic's own noise.
using var data = new FederatedDataset(
    Clinic("north", patients: 600, noise: 0.02),
    Clinic("south", patients: 300, noise: 0.06),
    Clinic("island", patients: 60, noise: 0.10));

// The loss is any function of outputs and targets; this one does not let the network be too sure.
var model = new FederatedModel(
    () => new SpiralNet(width: 48),
    parameters => optim.Adam(parameters, 0.01),
    (output, target) => functional.cross_entropy(output, target, label_smoothing: 0.05));

using var result = await LocalFederation.RunExperimentAsync(model, data, new()
{
    Plan =
    {
        ["aggregator.settings.rounds_to_train"] = 15,
        ["tasks.train.kwargs.epochs"] = 5, // How often each clinic goes through its patients in a round.
        ["data_loader.settings.batch_size"] = 16,
    },
});
result.Metrics.Plot("own_model_and_data.png", "aggregated_model_validation/accuracy", "train/loss");
Console.WriteLine($"Accuracy of the last round: {result.Metrics["locally_tuned_model_validation/accuracy"][^1]:F3}");

CollaboratorData Clinic(string name, int patients, double noise) =>
    new(name, Spirals(patients * 4 / 5, noise, seed: 1), Spirals(patients / 5, noise, seed: 2));

// Samples are inputs [samples, features] and targets [samples]; classes are int64.
Samples Spirals(int count, double noise, int seed)
{
    var random = new Random(seed + count);
    var points = Enumerable.Range(0, count).Select(i => (Class: i % 2, Turn: random.NextDouble() * 3 * Math.PI)).ToArray();
    var features = points.SelectMany(point => new[] { Math.Cos(point.Turn), Math.Sin(point.Turn) }.Select(
        axis => (float)(((2 * point.Class) - 1) * axis * point.Turn / 10 + (noise * (random.NextDouble() - 0.5))))).ToArray();
    return new(tensor(features).reshape(count, 2), tensor(points.Select(point => (long)point.Class).ToArray()));
}

/// <summary>From [batch, 2] to [batch, 2].</summary>
sealed class SpiralNet : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _layers;

    public SpiralNet(int width) : base("spiral_net")
    {
        _layers = Sequential(("in", Linear(2, width)), ("relu1", ReLU()), ("middle", Linear(width, width)), ("relu2", ReLU()), ("out", Linear(width, 2)));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input) => _layers.forward(input);
}
