using System.Text.Json;

using Actors.Cli.Composition;
using Actors.Cli.Tests;

namespace Actors.Cli.Plans.Tests;

public sealed class SavedPlansTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestTerminal _terminal;

    public SavedPlansTests()
    {
        Templates.Create("synthetic", _folder.In("w"));
        _terminal = new(_folder.In("w"));
    }

    private string Plan
    {
        get => File.ReadAllText(_folder.In("w", "plan", "plan.yaml"));
        set => File.WriteAllText(_folder.In("w", "plan", "plan.yaml"), value);
    }

    [Fact]
    public async Task Print_NewWorkspace_IsDefault() => Assert.Equal("default", (await _terminal.MustAsync("plan", "print")).Trim());

    [Fact]
    public async Task Save_SwitchesToTheName()
    {
        await _terminal.MustAsync("plan", "save", "-n", "long");
        Assert.Equal("long", (await _terminal.MustAsync("plan", "print")).Trim());
        Assert.True(File.Exists(_folder.In("w", "plan", "plans", "long", "plan.yaml")));
    }

    [Fact]
    public async Task Switch_BringsTheOtherPlanBack()
    {
        var before = Plan;
        await _terminal.MustAsync("plan", "save", "-n", "long");
        Plan = before.Replace("rounds_to_train: 5", "rounds_to_train: 50", StringComparison.Ordinal);
        await _terminal.MustAsync("plan", "save", "-n", "long");
        await _terminal.MustAsync("plan", "switch");
        Assert.Equal(before, Plan);
        await _terminal.MustAsync("plan", "switch", "-n", "long");
        Assert.Contains("rounds_to_train: 50", Plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switch_ToAPlanOfTheTemplate_IsGood_AndKeepsAWayBack()
    {
        using var workspace = await TestWorkspace.CreateAsync("torch_cnn_digits");
        var before = workspace.Read("plan", "plan.yaml");

        await workspace.Terminal.MustAsync("plan", "switch", "-n", "two_groups");

        Assert.StartsWith("The plan is good", await workspace.Terminal.MustAsync("plan", "check"), StringComparison.Ordinal);
        Assert.Contains("validation_only", workspace.Read("plan", "plan.yaml"), StringComparison.Ordinal);
        await workspace.Terminal.MustAsync("plan", "switch");
        Assert.Equal(before, workspace.Read("plan", "plan.yaml"));
    }

    [Fact]
    public async Task Remove_CurrentPlan_GoesBackToDefault()
    {
        await _terminal.MustAsync("plan", "save", "-n", "long");
        await _terminal.MustAsync("plan", "remove", "-n", "long");
        Assert.Equal("default", (await _terminal.MustAsync("plan", "print")).Trim());
        Assert.False(Directory.Exists(_folder.In("w", "plan", "plans", "long")));
    }

    [Theory]
    [InlineData("remove", "default", "cannot be removed")]
    [InlineData("remove", "other", "no saved plan 'other'")]
    [InlineData("switch", "other", "no saved plan 'other'")]
    [InlineData("save", "../out", "'../out' is no name")]
    public async Task WrongName_IsRefused(string command, string name, string message)
    {
        Assert.Equal(ExitCode.Failed, await _terminal.RunAsync("plan", command, "-n", name));
        Assert.Contains(message, _terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Print_AsJson_NamesThePlanItsHashAndItsFrozenCopy()
    {
        using var workspace = await TestWorkspace.CreateAsync();
        using var json = JsonDocument.Parse(await workspace.Terminal.MustAsync("plan", "print", "--json"));
        Assert.Equal("default", json.RootElement.GetProperty("name").GetString());
        Assert.Equal(96, json.RootElement.GetProperty("hash").GetString()!.Length);
        Assert.Equal(JsonValueKind.Null, json.RootElement.GetProperty("frozen").ValueKind);
    }

    public void Dispose() => _folder.Dispose();
}
