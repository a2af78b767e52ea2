using Actors.Cli.Tests;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Quickstart.Tests;

public sealed class TemplateWorkspaceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private WorkspaceLayout Layout => new(_folder.In("w"));

    [Fact]
    public void Make_WithASavedPlan_RunsThatOne_WithWhatTheOptionsSet()
    {
        TemplateWorkspace.Make(Options with { Plan = "five_sites" }, Layout);

        var plan = new PlanReader().ReadWorkspace(Layout.Root).Plan!;
        Assert.Equal(("static_grouped", 7), (plan.Assigner.Template, plan.Aggregator.RoundsToTrain));
        Assert.Equal(["train_and_validate", "evaluation"], plan.Assigner.TaskGroups.Select(group => group.Name));
    }

    [Fact]
    public void Make_WithoutOne_RunsTheTemplatesOwn()
    {
        TemplateWorkspace.Make(Options, Layout);
        Assert.Equal("random_grouped", new PlanReader().ReadWorkspace(Layout.Root).Plan!.Assigner.Template);
    }

    [Fact]
    public void Make_WithAPlanThatThereIsNot_NamesIt() => Assert.Contains(
        "no saved plan 'six_sites'",
        Assert.Throws<CommandException>(() => TemplateWorkspace.Make(Options with { Plan = "six_sites" }, Layout)).Message,
        StringComparison.Ordinal);

    public void Dispose() => _folder.Dispose();

    private QuickstartOptions Options => new("unet_segmentation", Collaborators: 5, Rounds: 7, Seed: 0, _folder.Root);
}
