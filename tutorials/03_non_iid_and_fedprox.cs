#:project ../src/Experiments/Actors.Experiments.csproj

// Data that differs from site to site: what a federation loses by it, and what FedProx and SCAFFOLD make of it.
using Actors.Experiments;
using Actors.Learning.Splitting;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

var (images, classes) = HandwrittenDigits.Load();
var model = new FederatedModel(
    () => Sequential(("flatten", Flatten()), ("hidden", Linear(64, 32)), ("relu", ReLU()), ("scores", Linear(32, 10))),
    parameters => optim.SGD(parameters, 0.1));

// Six collaborators with a little of everything, and six of whom each has mostly one or two digits (Dirichlet, α = 0.1).
using var alike = FederatedDataset.Split(images, classes, "random", new SplitSettings(6));
using var different = FederatedDataset.Split(images, classes, "dirichlet", new SplitSettings(6, Seed: 1, Alpha: 0.1));

// Each collaborator's training drifts to its own digits. FedProx (Li et al. 2020) adds μ (w - x) to each gradient and so draws everybody
// back to the model x that all began with; SCAFFOLD (Karimireddy et al. 2020) learns how each drifts and corrects its steps.
LinePlot.Save(
    "non_iid_and_fedprox.png",
    new("Six collaborators, three epochs a round", "round", "accuracy"),
    await AccuracyAsync("all alike", alike),
    await AccuracyAsync("different", different),
    await AccuracyAsync("different, FedProx μ = 0.1", different, mu: 0.1),
    await AccuracyAsync("different, SCAFFOLD", different, rule: "scaffold"));

async Task<PlotLine> AccuracyAsync(string name, FederatedDataset data, double mu = 0, string rule = "bounded_average")
{
    using var result = await LocalFederation.RunExperimentAsync(model, data, new()
    {
        Plan =
        {
            ["aggregator.settings.rounds_to_train"] = 16,
            ["tasks.train.kwargs.epochs"] = 3,
            ["task_runner.settings.proximal_mu"] = mu,
            ["tasks.train.aggregation_type.template"] = rule,
        },
    });

    // The global model, before anybody trains it further; the first one is untrained.
    var accuracy = result.Metrics["aggregated_model_validation/accuracy"].Select(value => value!.Value).ToArray();
    Console.WriteLine($"{name}: {string.Join(" ", accuracy.Select(value => value.ToString("F2")))}");
    return new(name, [.. accuracy.Select((_, round) => (double)round)], accuracy);
}
