#:project ../src/Experiments/Actors.Experiments.csproj

// Federated evaluation: how good is a model at sites that never trained it, when their data may not leave them?
using Actors.Experiments;
using Actors.Learning.Splitting;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

var (images, classes) = HandwrittenDigits.Load();
var model = new FederatedModel(
    () => Sequential(("flatten", Flatten()), ("hidden", Linear(64, 32)), ("relu", ReLU()), ("scores", Linear(32, 10))),
    parameters => optim.Adam(parameters, 0.005));

// Six sites, each with digits that the others see less often. Four of them train together; the last two never do.
using var sites = FederatedDataset.Split(images, classes, "dirichlet", new SplitSettings(6, Seed: 3, Alpha: 0.3));
using var together = await TrainAsync(sites.Collaborators.Take(4));
using var alone = await TrainAsync(sites.Collaborators.Take(1));

double[] numbers = [1, 2, 3, 4, 5, 6];
LinePlot.Save(
    "federated_evaluation.png",
    new("Measured at six sites, trained at the first four", "site", "accuracy"),
    new("trained by four sites", numbers, await MeasureAsync("trained by four sites", together)),
    new("trained by the first alone", numbers, await MeasureAsync("trained by the first alone", alone)));

Task<ExperimentResult> TrainAsync(IEnumerable<CollaboratorData> collaborators) => LocalFederation.RunExperimentAsync(
    model, new FederatedDataset([.. collaborators]), new() { Plan = { ["aggregator.settings.rounds_to_train"] = 8 } });

// Each site measures the network on its own images, and tells the numbers only. A data set of several sites gives their average.
async Task<double[]> MeasureAsync(string name, ExperimentResult trained)
{
    List<double> accuracy = [];
    foreach (var site in sites.Collaborators)
    {
        var measured = await LocalFederation.EvaluateAsync(model, trained.Model, new FederatedDataset(site));
        accuracy.Add(measured["aggregated_model_validation/accuracy"]!.Value);
    }

    Console.WriteLine($"{name}: {string.Join(" ", accuracy.Select(value => value.ToString("F2")))}");
    return [.. accuracy];
}
