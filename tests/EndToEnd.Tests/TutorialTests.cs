using System.Text.RegularExpressions;

using Actors.EndToEnd.Running;

namespace Actors.EndToEnd.Tests;

/// <summary>Every tutorial as a reader runs it, and what it promises.</summary>
public sealed class TutorialTests : IDisposable
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private readonly string _folder = Directory.CreateTempSubdirectory("tutorials-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("01_first_federation", @"The first image is a (\d); the model reads a \1\.")]
    [InlineData("02_own_model_and_data", @"Accuracy of the last round: (0\.9|1\.0)")]
    [InlineData("03_non_iid_and_fedprox", @"different, SCAFFOLD: .* 0\.\d\d")]
    [InlineData("04_custom_task", @"\d\d ?% are read right")]
    [InlineData("05_custom_aggregation_rule", @"MiddleMean, our own: 0\.[6-9]")]
    [InlineData("06_federated_evaluation", @"trained by four sites: (0\.\d\d ?){6}")]
    [InlineData("07_long_lived_federation", @"modest is Finished at 0\.\d\d\s+greedy is Finished at 0\.\d\d, without collaborator3: our machine")]
    public async Task Run_SaysWhatItShows_AndLeavesItsPlot(string name, string sentence)
    {
        var output = await Fx.RunAsync(_folder, "tutorial", "run", name);

        Assert.Matches(sentence, output);
        Assert.Equal(Png, (await File.ReadAllBytesAsync(Path.Combine(_folder, $"{name[3..]}.png")))[..4]);
    }

    [Fact]
    public async Task List_HasEveryTutorial_AndShowPrintsWhatLiesInTheSourceTree()
    {
        var list = await Fx.RunAsync(_folder, "tutorial", "list");

        Assert.All(Directory.GetFiles(Path.Combine(SourceTree, "tutorials"), "*.cs"), file =>
        {
            Assert.Contains(Path.GetFileNameWithoutExtension(file), list, StringComparison.Ordinal);
            Assert.True(File.ReadLines(file).Count() < 60, file);
        });
        Assert.Equal(
            Regex.Replace(await File.ReadAllTextAsync(Path.Combine(SourceTree, "tutorials", "01_first_federation.cs")), @"\s+", " ").Trim(),
            Regex.Replace(await Fx.RunAsync(_folder, "tutorial", "show", "1"), @"\s+", " ").Trim());
    }

    [Fact]
    public async Task Show_OfOneThatThereIsNot_NamesThoseThereAre()
    {
        using var fx = Fx.Start(_folder, "tutorial", "show", "99");

        Assert.Equal(1, await fx.EndAsync());
        Assert.Contains("There is no tutorial '99'; choose one of 01_first_federation, ", fx.Output, StringComparison.Ordinal);
    }

    // The same file by the SDK, against the projects of the source tree.
    [Fact]
    public async Task DotnetRun_OfTheFile_DoesTheSame()
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Name.StartsWith("release", StringComparison.Ordinal) ? "Release" : "Debug";
        using var run = ProgramProcess.Start(
            _folder,
            "dotnet",
            ["run", "-c", configuration, "--file", Path.Combine(SourceTree, "tutorials", "01_first_federation.cs")],
            new() { ["MSBUILDDISABLENODEREUSE"] = "1" });

        Assert.True(await run.EndAsync() == 0, run.Output);
        Assert.Matches(@"The first image is a (\d); the model reads a \1\.", run.Output);
        Assert.True(File.Exists(Path.Combine(_folder, "first_federation.png")));
    }

    private static string SourceTree
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "Actors.sln")))
            {
                folder = folder.Parent!;
            }

            return folder.FullName;
        }
    }
}
