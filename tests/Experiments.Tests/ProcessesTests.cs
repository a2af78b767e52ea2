using Actors.EndToEnd.Running;

using TorchSharp;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Tests;

public sealed class ProcessesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("processes-");
    private readonly FederatedDataset _data = Digits.Shard(2);

    public void Dispose()
    {
        _data.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task AnExperiment_ComesToTheBytesOfThreeProcesses()
    {
        await Fx.RunAsync(
            _folder.FullName,
            "quickstart", "--template", "torch_cnn_digits", "--rounds", "2", "--seed", "3", "--workdir", _folder.FullName);
        var folder = Path.Combine(_folder.FullName, "experiment");

        using var result = await LocalFederation.RunExperimentAsync(Network(), _data, new()
        {
            Plan =
            {
                ["aggregator.settings.rounds_to_train"] = 2,
                ["data_loader.settings.batch_size"] = 8,
                ["task_runner.settings.seed"] = 3,
                ["assigner.settings.seed"] = 3,
            },
            Folder = folder,
        });

        var processes = Path.Combine(_folder.FullName, "aggregator", "torch_cnn_digits", "save", "torch_cnn_digits_last.pbuf");
        Assert.Equal(await File.ReadAllBytesAsync(processes), await File.ReadAllBytesAsync(Path.Combine(folder, "save", "last.pbuf")));
    }

    [Fact]
    public async Task AnExperimentWithOwnClasses_ComesToTheBytesOfThreeProcesses()
    {
        using var nodes = new Nodes();
        await PaperSteps.PrepareAggregatorAsync(nodes, "torch_cnn_digits", () =>
        {
            File.Copy(Path.Combine(AppContext.BaseDirectory, "OwnRules.cs"), Path.Combine(nodes.Aggregator, "src", "OwnRules.cs"));
            nodes.ChangePlan("rounds_to_train: 5", "rounds_to_train: 2");
            nodes.ChangePlan(
                "function: train_task", "function: train_task\n    aggregation_type: {template: Midrange, settings: {height: 0.4}}");
            nodes.ChangePlan("template: random_grouped", "template: Growing");
            nodes.ChangePlan(
                """
                    task_groups:
                      - name: train_and_validate
                        percentage: 1.0
                        tasks:
                          - aggregated_model_validation
                          - train
                          - locally_tuned_model_validation
                """.ReplaceLineEndings("\n"),
                "    at_first: 1");
        });
        await PaperSteps.AdmitAsync(nodes, "collaborator1", "1");
        await PaperSteps.AdmitAsync(nodes, "collaborator2", "2");
        await PaperSteps.RunAsync(nodes, "collaborator1", "collaborator2");
        var folder = Path.Combine(_folder.FullName, "own");

        using var result = await LocalFederation.RunExperimentAsync(Network(), _data, new()
        {
            Plan =
            {
                ["aggregator.settings.rounds_to_train"] = 2,
                ["data_loader.settings.batch_size"] = 8,
                ["tasks.train.aggregation_type.template"] = "Midrange",
                ["tasks.train.aggregation_type.settings.height"] = 0.4,
                ["assigner.template"] = "Growing",
                ["assigner.settings"] = new Dictionary<string, object?> { ["at_first"] = 1 },
            },
            Classes = [typeof(Midrange), typeof(Growing)],
            Folder = folder,
        });

        var processes = Path.Combine(nodes.Aggregator, "save", "torch_cnn_digits_last.pbuf");
        Assert.Equal(await File.ReadAllBytesAsync(processes), await File.ReadAllBytesAsync(Path.Combine(folder, "save", "last.pbuf")));
    }

    // That of the template.
    private static FederatedModel Network() => new(
        () => Sequential(
            ("conv1", Conv2d(1, 16, 3, padding: 1)),
            ("relu1", ReLU()),
            ("conv2", Conv2d(16, 32, 3, padding: 1)),
            ("relu2", ReLU()),
            ("pool", MaxPool2d(2)),
            ("flatten", Flatten()),
            ("fc1", Linear(32 * 4 * 4, 64)),
            ("relu3", ReLU()),
            ("fc2", Linear(64, 10))),
        parameters => optim.Adam(parameters, 0.005));
}
