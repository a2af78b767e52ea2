using Actors.Cli.Quickstart;
using Actors.Cli.Tests;
using Actors.Contracts.Models;

using TorchSharp.Modules;

using static TorchSharp.torch;

namespace Actors.Cli.Models.Tests;

/// <summary><c>fx model save --format torch</c>, read back by TorchSharp without any code of the workspace.</summary>
public sealed class ModelSaveTorchTests(ModelSaveTorchTests.Initialized workspace) : IClassFixture<ModelSaveTorchTests.Initialized>
{
    private const string Initial = "save/torch_cnn_digits_init.pbuf";

    [Fact]
    public async Task Save_AsTorch_HoldsEveryTensorOfTheModelFile()
    {
        await workspace.RunAsync("model", "save", "--format", "torch", "-i", Initial, "-o", "exported/digits.dat");

        using var file = ModelFile.Read(workspace.In(Initial));
        using var network = Network();
        network.load(workspace.In("exported", "digits.dat"));
        var state = network.state_dict();

        foreach (var (tensor, index) in file.Manifest.Tensors.Select((tensor, index) => (tensor, index)))
        {
            var expected = new byte[tensor.ByteLength];
            file.Read(file.Manifest.OffsetOf(index), expected);
            Assert.Equal(expected, state[tensor.Name].bytes.ToArray());
        }

        Assert.Equal(["digits.dat"], Directory.GetFileSystemEntries(workspace.In("exported")).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Save_OfAnotherNetworksModel_IsRefused()
    {
        ModelFile.Write(
            workspace.In("other.pbuf"),
            new MemoryTensorBytes(new([new("weight", Contracts.Tensors.ElementType.Float32, new(2))]), new byte[8]), round: 0);
        var refused = await Assert.ThrowsAsync<CommandException>(() => workspace.RunAsync("model", "save", "--format", "torch", "-i", "other.pbuf", "-o", "other.dat"));
        Assert.Contains("is not a model of this workspace's network", refused.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(workspace.In("other.dat")));
    }

    // The template's network without the layers that have no weights; its initial weights are others.
    private static Sequential Network() => nn.Sequential(
        ("conv1", nn.Conv2d(1, 16, 3, padding: 1)),
        ("conv2", nn.Conv2d(16, 32, 3, padding: 1)),
        ("fc1", nn.Linear(32 * 4 * 4, 64)),
        ("fc2", nn.Linear(64, 10)));

    /// <summary>A workspace with its code built and its initial weights.</summary>
    public sealed class Initialized : IAsyncLifetime
    {
        private TestWorkspace _workspace = null!;

        public async ValueTask InitializeAsync()
        {
            _workspace = await TestWorkspace.CreateAsync("torch_cnn_digits");
            await RunAsync("plan", "initialize", "-a", "localhost");
        }

        public string In(params string[] parts) => _workspace.In(parts);

        // A process of its own: the template's loader reads its data from the working folder.
        public Task<string> RunAsync(params string[] arguments) =>
            FxProcess.RunAsync(_workspace.Root, _workspace.In("fx.log"), TestContext.Current.CancellationToken, arguments);

        public ValueTask DisposeAsync()
        {
            _workspace.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
