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
