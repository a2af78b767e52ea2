using Actors.CollaboratorHost.Tests;
using Actors.Contracts.Tensors;

namespace Actors.CollaboratorHost.Tensors.Tests;

public sealed class TensorFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File1 => _folder.In("model");

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(300_000)]
    public async Task Save_ThenLoad_GivesTheSameModel(int weights)
    {
        using var runner = new FakeRunner(weights) { Counter = 4.5f };
        var saved = await TensorFile.SaveAsync(File1, runner.Model, runner.ReadModelTensor, CancellationToken.None);
        using var other = new FakeRunner(weights);

        var loaded = await TensorFile.LoadAsync(File1, other.Model, other.WriteModelTensor, CancellationToken.None);

        Assert.Equal(saved, loaded);
        Assert.Equal(4.5f, other.Counter);
    }

    [Fact]
    public async Task Save_PadsWithZeros_AndDigestsWhatItWrote()
    {
        using var runner = new FakeRunner(13);
        var bytes = FakeRunner.BytesOf(7);
        await File.WriteAllBytesAsync(File1, bytes);
        await TensorFile.LoadAsync(File1, runner.Model, runner.WriteModelTensor, CancellationToken.None);

        var digest = await TensorFile.SaveAsync(_folder.In("again"), runner.Model, runner.ReadModelTensor, CancellationToken.None);

        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folder.In("again")));
        Assert.Equal(TensorDigester.Of(bytes), digest);
    }

    [Fact]
    public async Task Load_ShortFile_Throws()
    {
        using var runner = new FakeRunner(13);
        await File.WriteAllBytesAsync(File1, new byte[20]);

        await Assert.ThrowsAsync<EndOfStreamException>(
            () => TensorFile.LoadAsync(File1, runner.Model, runner.WriteModelTensor, CancellationToken.None));
    }

    public void Dispose() => _folder.Dispose();
}
