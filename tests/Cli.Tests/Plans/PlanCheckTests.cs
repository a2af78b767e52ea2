using System.Text.Json;

using Actors.Cli.Composition;
using Actors.Cli.Tests;

namespace Actors.Cli.Plans.Tests;

public sealed class PlanCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestTerminal _terminal;

    public PlanCheckTests()
    {
        Templates.Create("synthetic", _folder.In("w"));
        _terminal = new(_folder.In("w"));
    }

    [Theory]
    [InlineData("synthetic")]
    [InlineData("logistic_breast_cancer")]
    [InlineData("torch_cnn_digits")]
    [InlineData("torch_cnn_fashion_mnist")]
    [InlineData("torch_cnn_mnist")]
    public async Task Check_EachTemplate_IsGood(string template)
    {
        Templates.Create(template, _folder.In(template));
        Assert.StartsWith("The plan is good", await new TestTerminal(_folder.In(template)).MustAsync("plan", "check"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_BrokenFiles_SaysEverythingAtOnce()
    {
        Break();
        Assert.Equal(ExitCode.Failed, await _terminal.RunAsync("plan", "check"));
        Assert.StartsWith("error: 4 to correct:\n", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains("plan/plan.yaml: aggregator.settings.rounds_to_train", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains("plan/plan.yaml: network.settings.agg_port", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains("plan/cols.yaml: collaborators", _terminal.Error, StringComparison.Ordinal);
        Assert.Contains("plan/data.yaml: line 1", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_BrokenFilesAsJson_HasALineForEachProblem()
    {
        Break();
        Assert.Equal(ExitCode.Failed, await _terminal.RunAsync("plan", "check", "--json"));
        using var json = JsonDocument.Parse(_terminal.Output);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("hash").ValueKind);
        Assert.Equal(4, json.RootElement.GetProperty("problems").GetArrayLength());
    }

    [Fact]
    public async Task Freeze_BeforeInitialize_SaysWhatToRun()
    {
        Assert.Equal(ExitCode.Failed, await _terminal.RunAsync("plan", "freeze"));
        Assert.Contains("fx plan initialize", _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Freeze_WithoutInitialWeights_SaysWhatToRun()
    {
        var plan = _folder.In("w", "plan", "plan.yaml");
        await File.WriteAllTextAsync(plan, (await File.ReadAllTextAsync(plan))
            .Replace("agg_addr: auto", "agg_addr: localhost", StringComparison.Ordinal)
            .Replace("agg_port: auto", "agg_port: 50000", StringComparison.Ordinal));
        Assert.Equal(ExitCode.Failed, await _terminal.RunAsync("plan", "freeze"));
        Assert.Contains("save/synthetic_init.pbuf is missing", _terminal.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Break()
    {
        var plan = _folder.In("w", "plan", "plan.yaml");
        File.WriteAllText(plan, File.ReadAllText(plan)
            .Replace("rounds_to_train: 5", "rounds_to_train: 0", StringComparison.Ordinal)
            .Replace("agg_port: auto", "agg_port: 123456", StringComparison.Ordinal));
        File.WriteAllText(_folder.In("w", "plan", "cols.yaml"), "collaborators: [one, one]\n");
        File.WriteAllText(_folder.In("w", "plan", "data.yaml"), "one\n");
    }
}
