using Actors.Contracts.Metrics;
using Actors.Learning;
using Actors.Learning.Torch;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Tests;

/// <summary>An experiment with classes of the program's own.</summary>
public sealed class OwnClassesTests : IDisposable
{
    private readonly FederatedDataset _data = Digits.Shard(2);

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Assigner_DecidesWhoTrains_AndTheCallbackHearsEveryNode()
    {
        Counting.Heards.Clear();

        using var result = await LocalFederation.RunExperimentAsync(Digits.Linear, _data, new()
        {
            Plan =
            {
                ["aggregator.settings.rounds_to_train"] = 2,
                ["aggregator.settings.log_metric_callback"] = Section("Counting"),
                ["assigner"] = Section("Growing"),
            },
            Classes = [typeof(Growing), typeof(Counting)],
        });

        // A training and two validations measure five numbers.
        Assert.Equal(
            [("aggregator", 10), ("collaborator1", 10), ("collaborator2", 5)],
            Counting.Heards.OrderBy(node => node.Key, StringComparer.Ordinal).Select(node => (node.Key, node.Value)));
    }

    [Fact]
    public async Task Rule_ThatFails_EndsTheExperimentWithItsName()
    {
        var failure = await Assert.ThrowsAsync<ExperimentException>(
            () => LocalFederation.RunExperimentAsync(Digits.Linear, _data, With("Broken", typeof(Broken))));

        Assert.Contains("The rule Broken of train failed: no such luck", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_ThatIsNotGiven_IsRefusedWithTheNearest()
    {
        var refusal = await Assert.ThrowsAsync<PlanException>(
            () => LocalFederation.RunExperimentAsync(Digits.Linear, _data, With("Midrang", typeof(Midrange))));

        Assert.Contains("did you mean Midrange?", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rule_WithSettingsThatItDoesNotTake_IsRefusedBeforeAnythingRuns()
    {
        var options = With("Midrange", typeof(Midrange));
        options.Plan["tasks.train.aggregation_type.settings.heigth"] = 0.5;

        var refusal = await Assert.ThrowsAsync<PlanException>(() => LocalFederation.RunExperimentAsync(Digits.Linear, _data, options));

        Assert.Contains("tasks.train.aggregation_type.settings.heigth", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Class_ThatNoPlanCanName_IsRefused() => Assert.Equal(
        "Classes: Digits is no class that a plan can name; derive it from AggregationRule, Assigner, MetricCallback.",
        (await Assert.ThrowsAsync<PlanException>(
            () => LocalFederation.RunExperimentAsync(Digits.Linear, _data, new() { Classes = [typeof(Digits)] }))).Message);

    [Fact]
    public async Task Runner_WithATaskOfItsOwn_IsRunByThePlan()
    {
        using var result = await LocalFederation.RunExperimentAsync(FederatedModel.Of<Measured>(), _data, new()
        {
            Plan =
            {
                ["aggregator.settings.rounds_to_train"] = 2,
                ["task_runner.settings.learning_rate"] = 0.1,
                ["tasks.aggregated_model_validation"] = new Dictionary<string, object?>
                {
                    ["function"] = "norm_task",
                    ["kwargs"] = new Dictionary<string, object?> { ["apply"] = "global", ["factor"] = 2.0 },
                },
            },
        });

        var norms = result.Metrics["aggregated_model_validation/norm"];
        Assert.True(norms[1] > norms[0], string.Join(", ", norms));
        Assert.Contains(result.Model.named_parameters(), parameter => parameter.name == "scores.weight");
    }

    [Fact]
    public async Task Runner_WithSettingsThatItDoesNotTake_IsRefused()
    {
        var refusal = await Assert.ThrowsAsync<PlanException>(() => LocalFederation.RunExperimentAsync(
            FederatedModel.Of<Measured>(), _data, new() { Plan = { ["task_runner.settings.learning_rat"] = 0.1 } }));

        Assert.Contains("did you mean learning_rate?", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("task_runner.settings.learning_rate", refusal.Message, StringComparison.Ordinal);
    }

    private static Dictionary<string, object?> Section(string template) => new() { ["template"] = template };

    private static ExperimentOptions With(string rule, params Type[] classes) => new()
    {
        Plan =
        {
            ["aggregator.settings.rounds_to_train"] = 1,
            ["tasks.train.aggregation_type.template"] = rule,
        },
        Classes = classes,
    };

    internal sealed class Broken : AggregationRule
    {
        public override void Combine(UpdateBlock updates, Span<double> result) => throw new InvalidOperationException("no such luck");
    }

    /// <summary>Linear, and measures how long its weights are.</summary>
    internal sealed class Measured(TorchDataLoader data, double learningRate) : TorchTaskRunner(data)
    {
        [ValidateTask]
        public TaskResult NormTask(TaskContext context, double factor = 1) => TaskResult.For(
            context, Data.ValidationSampleCount, new Metric("norm", factor * Network.parameters().Sum(parameter => parameter.norm().ToDouble())));

        protected override Module<Tensor, Tensor> BuildNetwork()
        {
            var linear = Linear(64, 10);
            init.zeros_(linear.weight);
            return Sequential(("flatten", Flatten()), ("scores", linear));
        }

        protected override OptimizerHelper BuildOptimizer(IEnumerable<Parameter> parameters) => optim.SGD(parameters, learningRate);
    }
}
