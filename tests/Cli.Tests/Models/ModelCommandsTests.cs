using System.Text.Json;

using Actors.Cli.Tests;
using Actors.Contracts.Models;
using Actors.Contracts.Tensors;

namespace Actors.Cli.Models.Tests;

public sealed class ModelCommandsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestTerminal _terminal;

    public ModelCommandsTests()
    {
        _terminal = new(_folder.Root);
        var manifest = new ModelManifest([new("weight", ElementType.Float32, new TensorShape(2, 3)), new("bias", ElementType.Float32, new TensorShape(2))]);
        var bytes = Enumerable.Range(0, (int)manifest.ByteLength).Select(value => (byte)value).ToArray();
        ModelFile.Write(_folder.In("model.pbuf"), new MemoryTensorBytes(manifest, bytes), round: 7);
    }

    [Fact]
    public async Task Inspect_ListsTheTensors()
    {
        var output = await _terminal.MustAsync("model", "inspect", "model.pbuf");
        Assert.Contains("weight", output, StringComparison.Ordinal);
        Assert.Contains("Round 7, 2 tensors, 8 parameters.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspect_AsJson_IsForScripts()
    {
        using var json = JsonDocument.Parse(await _terminal.MustAsync("model", "inspect", "model.pbuf", "--json"));
        Assert.Equal(7, json.RootElement.GetProperty("round").GetInt32());
        Assert.Equal(8, json.RootElement.GetProperty("parameters").GetInt64());
        Assert.Equal("weight", json.RootElement.GetProperty("tensors")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task Save_AsSafetensors_HoldsTheSameValues()
    {
        await _terminal.MustAsync("model", "save", "-i", "model.pbuf", "-o", "model.safetensors");
        using var from = ModelFile.Read(_folder.In("model.pbuf"));
        using var to = SafetensorsFile.Read(_folder.In("model.safetensors"));
        foreach (var (name, index) in from.Manifest.Tensors.Select((tensor, index) => (tensor.Name, index)))
        {
            var other = to.Manifest.Tensors.Select(tensor => tensor.Name).ToList().IndexOf(name);
            Assert.Equal(ValuesOf(from, index), ValuesOf(to, other));
        }
    }

    [Theory]
    [InlineData("none.pbuf", "none.pbuf")]
    [InlineData("text.pbuf", "text.pbuf")]
    public async Task Inspect_NoModel_NamesTheFileWithoutATrace(string file, string named)
    {
        await File.WriteAllTextAsync(_folder.In("text.pbuf"), "no model");
        Assert.Equal(ExitCode.Failed, await _terminal.RunAsync("model", "inspect", file));
        Assert.Contains(named, _terminal.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", _terminal.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static byte[] ValuesOf(ITensorBytes source, int tensor)
    {
        var values = new byte[source.Manifest.Tensors[tensor].ByteLength];
        source.Read(source.Manifest.OffsetOf(tensor), values);
        return values;
    }
}
