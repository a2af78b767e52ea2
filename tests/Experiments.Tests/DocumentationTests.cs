using System.IO.Compression;

using TorchSharp;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Tests;

/// <summary>The program of docs/experiments.md: what it says is what is compiled and run here.</summary>
public sealed class DocumentationTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("documentation-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Example_Runs()
    {
        var table = await ExampleAsync(Unpack(), Path.Combine(_folder.FullName, "digits.dat"));

        Assert.Equal(6, table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "digits.dat")));
    }

    [Fact]
    public void Example_IsWhatIsRunHere()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "experiments.md"));
        var written = Lines(page.Split("```csharp\n")[1].Split("```")[0]);
        var source = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "DocumentationTests.cs"));
        var run = Lines(source.Split("// The example.\n")[1].Split("// Its end.")[0]
            .Replace("File.ReadLines(file)", "File.ReadLines(\"digits.csv\")", StringComparison.Ordinal)
            .Replace("return result.Metrics.ToCsv()", "Console.Write(result.Metrics.ToCsv())", StringComparison.Ordinal)
            .Replace("save(path)", "save(\"digits.dat\")", StringComparison.Ordinal));

        Assert.Equal(written.Order(StringComparer.Ordinal), run.Order(StringComparer.Ordinal));
    }

    private static async Task<string> ExampleAsync(string file, string path)
    {
        // The example.
        var digits = File.ReadLines(file).Select(line => line.Split(',').Select(float.Parse).ToArray()).ToArray();
        using var pixels = tensor([.. digits.SelectMany(digit => digit[..64])]).reshape(-1, 1, 8, 8) / 16;
        using var classes = tensor([.. digits.Select(digit => (long)digit[64])]);
        using var data = FederatedDataset.Shard(pixels, classes, collaborators: 2);
        var model = new FederatedModel(
            () => Sequential(("flatten", Flatten()), ("hidden", Linear(64, 32)), ("relu", ReLU()), ("scores", Linear(32, 10))),
            parameters => optim.Adam(parameters, 0.005));
        using var result = await LocalFederation.RunExperimentAsync(
            model, data, new() { Plan = { ["aggregator.settings.rounds_to_train"] = 5 } });
        result.Model.save(path);
        return result.Metrics.ToCsv();

        // Its end.
    }

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    private string Unpack()
    {
        var path = Path.Combine(_folder.FullName, "digits.csv");
        using var packed = new GZipStream(
            File.OpenRead(Path.Combine(AppContext.BaseDirectory, "digits.csv.gz")), CompressionMode.Decompress);
        using var file = File.Create(path);
        packed.CopyTo(file);
        return path;
    }
}
