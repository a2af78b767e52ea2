using System.Text.Json;

using Actors.Cli.Tests;

namespace Actors.Cli.Simulations.Tests;

public sealed class SimulateCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Simulate_WritesWhatItCameTo()
    {
        var terminal = new TestTerminal(_folder.Root);
        var said = await terminal.MustAsync(
            "simulate", "--collaborators", "100000", "--fraction", "0.0001", "--samples", "20", "--rounds", "3", "--evaluate-every", "3", "--json", "report.json");

        using var report = JsonDocument.Parse(await File.ReadAllTextAsync(_folder.In("report.json")));
        var root = report.RootElement;
        Assert.Equal(30, root.GetProperty("trainings").GetInt32());
        Assert.True(root.GetProperty("trainingsPerSecondPerCore").GetDouble() > 0);
        Assert.True(root.GetProperty("peakRssBytes").GetInt64() > 0);
        Assert.Equal(3, root.GetProperty("rounds").GetArrayLength());
        Assert.True(root.GetProperty("rounds")[2].GetProperty("accuracy").GetDouble() > 0);
        Assert.Contains(root.GetProperty("modelDigest").GetString()!, said, StringComparison.Ordinal);
        Assert.Contains("round 2: 10 trained", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("There is no model 'gpt'; choose one of logistic, torch_logistic, torch_2nn.", "--model", "gpt")]
    [InlineData("has no train-images-idx3-ubyte", "--data", ".")]
    [InlineData("There is no split 'half'", "--split", "half")]
    [InlineData("are too few for 100000 shards", "--collaborators", "100000")]
    public async Task WhatCannotBe_IsSaid(string expected, params string[] options) => Assert.Contains(
        expected, await new TestTerminal(_folder.Root).FailAsync(ExitCode.Failed, ["simulate", .. options]), StringComparison.Ordinal);

    [Theory]
    [InlineData("--samples")]
    [InlineData("--workers")]
    [InlineData("--rounds")]
    public async Task ANumberThatIsTooSmall_IsRefusedWithItsOption(string option) => Assert.Contains(
        $"{option} is 0; write 1 or more.",
        await new TestTerminal(_folder.Root).FailAsync(ExitCode.Refused, "simulate", option, "0"), StringComparison.Ordinal);
}
