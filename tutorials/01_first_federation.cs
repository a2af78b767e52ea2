#:project ../src/Experiments/Actors.Experiments.csproj

// A first federation: three collaborators learn to read handwritten digits together.
using Actors.Experiments;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

// 1,797 images of 8x8 pixels. Each collaborator gets every third, and keeps a fifth of its own to validate on.
var (images, classes) = HandwrittenDigits.Load();
using var data = FederatedDataset.Shard(images, classes, collaborators: 3);

// What is trained: a network and an optimizer. Every collaborator builds its own.
var model = new FederatedModel(
    () => Sequential(("flatten", Flatten()), ("hidden", Linear(64, 32)), ("relu", ReLU()), ("scores", Linear(32, 10))),
    parameters => optim.Adam(parameters, 0.005));

// Five rounds: everybody trains for an epoch on its own images, and the aggregator makes one model of the three.
// This is a real federation: an aggregator and three hosts that talk over mutual TLS. The images stay where they are.
using var result = await LocalFederation.RunExperimentAsync(
    model, data, new() { Plan = { ["aggregator.settings.rounds_to_train"] = 5 }, Progress = new TerminalProgress() });

// What was measured, as a table and as a picture: the model that a round starts from, and each after its own training.
result.Metrics.Plot(
    "first_federation.png", "aggregated_model_validation/accuracy", "locally_tuned_model_validation/accuracy");

// The model is an ordinary TorchSharp module.
result.Model.save("first_federation.dat");
using var scores = result.Model.forward(images[TensorIndex.Slice(0, 1)]);
Console.WriteLine($"The first image is a {classes[0].ToInt64()}; the model reads a {scores.argmax(1).ToInt64()}.");
