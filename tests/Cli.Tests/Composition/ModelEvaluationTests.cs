using Actors.Cli.Tests;
using Actors.Contracts.Identity;
using Actors.Contracts.Models;
using Actors.Contracts.Plans;
using Actors.Contracts.Tensors;
using Actors.Contracts.Workspaces;
using Actors.Grains.Experiments;

namespace Actors.Cli.Composition.Tests;

public sealed class ModelEvaluationTests : IDisposable
{
    private static readonly TaskGroup Group = new("evaluation", ["validate"], 1, []);
    private static readonly ExperimentId Training = new(new FederationId("clinics"), "plan-code");

    private readonly TestWorkspace _workspace = TestWorkspace.CreateAsync().GetAwaiter().GetResult();
    private readonly Plan _plan;

    public ModelEvaluationTests()
    {
        _plan = WorkspacePlan.Require(new PlanReader().Read(_workspace.Read("plan", "plan.yaml")), "plan/plan.yaml");
        Write(_plan.Aggregator.InitStatePath, columns: 3, value: 0);
    }

    [Fact]
    public void Of_WithoutAFile_IsTheLastModel()
    {
        Write(_plan.Aggregator.LastStatePath, columns: 3, value: 1);

        Assert.Equal(_workspace.In(_plan.Aggregator.LastStatePath), Of(null).Model.Path);
    }

    [Fact]
    public void Of_WithoutAnyLastModel_NamesTheOption() =>
        Assert.Equal($"{_plan.Aggregator.LastStatePath} is missing: no training has left a model. Name one: --model FILE", Refusal(null));

    [Fact]
    public void Of_AFileThatIsNotThere_NamesIt() => Assert.StartsWith("other.pbuf is missing", Refusal("other.pbuf"), StringComparison.Ordinal);

    [Fact]
    public void Of_AModelOfAnotherNetwork_NamesTheFirstTensorThatDiffers()
    {
        var other = Write("other.pbuf", columns: 4, value: 0);

        Assert.StartsWith($"{other} is not a model of this plan: tensor 1 is head ", Refusal(other), StringComparison.Ordinal);
    }

    [Fact]
    public void Beside_IsAnExperimentOfItsOwn_TheSameForTheSameModelAndGroup()
    {
        var (one, two) = (Write("one.pbuf", columns: 3, value: 1), Write("two.pbuf", columns: 3, value: 2));

        var experiment = Of(one).Beside(Training);

        Assert.StartsWith("clinics/plan-code-evaluation-", experiment.ToString(), StringComparison.Ordinal);
        Assert.Equal(experiment, Of(one).Beside(Training));
        Assert.NotEqual(experiment, Of(two).Beside(Training));
        Assert.NotEqual(experiment, (Of(one) with { Group = Group with { Name = "watch" } }).Beside(Training));
    }

    public void Dispose() => _workspace.Dispose();

    private ModelEvaluation Of(string? file) => ModelEvaluation.Of(new WorkspaceLayout(_workspace.Root), _plan, Group, file);

    private string Refusal(string? file) => Assert.Throws<CommandException>(() => Of(file)).Message;

    private string Write(string file, int columns, byte value)
    {
        var manifest = new ModelManifest(
            [new("body", ElementType.Float32, new TensorShape(2)), new("head", ElementType.Float32, new TensorShape(2, columns))]);
        var bytes = new byte[manifest.ByteLength];
        bytes[0] = value;
        ModelFile.Write(_workspace.In(file), new MemoryTensorBytes(manifest, bytes), round: 0);
        return _workspace.In(file);
    }
}
