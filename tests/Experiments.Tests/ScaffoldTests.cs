using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Actors.Experiments.Tests;

/// <summary>
/// SCAFFOLD on quadratics fᵢ(w) = aᵢ/2 (w − bᵢ)² whose collaborators disagree: the minimum of their mean is Σ aᵢ bᵢ / Σ aᵢ. Each takes K steps,
/// and FedAvg's fixed point is another one, which can be computed: a step's factor is rᵢ = (1 − η aᵢ)^K, and Σ (1 − rᵢ) bᵢ / Σ (1 − rᵢ) stays.
/// </summary>
public sealed class ScaffoldTests : IDisposable
{
    private const int Steps = 20;
    private const double Rate = 0.1;
    private const string Scaffold = "scaffold";

    private static readonly (double A, double B)[] Sites = [(1, 0), (4, 1), (0.25, 8)];

    private readonly FederatedDataset _data = new(
        [.. Sites.Select((site, index) => new CollaboratorData($"site{index}", SamplesOf(site), SamplesOf(site)))]);

    private static readonly Dictionary<string, object?> Unbounded = new()
    {
        ["template"] = Scaffold,
        ["settings"] = new Dictionary<string, object?> { ["norm_multiplier"] = 1e9, ["leave_out_multiplier"] = 1e9 },
    };

    private static readonly object?[] Tasks = ["aggregated_model_validation", "train", "locally_tuned_model_validation"];

    private static double Minimum => Sites.Sum(site => site.A * site.B) / Sites.Sum(site => site.A);

    public void Dispose() => _data.Dispose();

    // Two rounds of Algorithm 1 with option II, in float64 and by the paper's own formula for the control variates.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Rounds_AreThoseOfThePaper(int rounds)
    {
        var start = await TrainAsync("weighted_average", 0);
        var (x, c) = (start, 0.0);
        var own = new double[Sites.Length];
        for (var round = 0; round < rounds; round++)
        {
            var ends = new double[Sites.Length];
            var next = (double[])own.Clone();
            for (var i = 0; i < Sites.Length; i++)
            {
                var y = x;
                for (var step = 0; step < Steps; step++)
                {
                    y -= Rate * ((Sites[i].A * (y - Sites[i].B)) - own[i] + c);
                }

                (ends[i], next[i]) = (y, own[i] - c + ((x - y) / (Steps * Rate)));
            }

            x += ends.Average(end => end - x);
            c += next.Zip(own, (after, before) => after - before).Average();
            own = next;
        }

        Assert.Equal(x, await TrainAsync(Scaffold, rounds), 1e-4);
    }

    [Fact]
    public async Task FedAvg_GoesToAnotherPoint_AndScaffoldToTheMinimum()
    {
        var kept = Sites.Select(site => Math.Pow(1 - (Rate * site.A), Steps)).ToArray();
        var wrong = Sites.Zip(kept, (site, r) => (1 - r) * site.B).Sum() / kept.Sum(r => 1 - r);

        Assert.Equal(wrong, await TrainAsync("weighted_average", 40), 1e-3);
        Assert.Equal(Minimum, await TrainAsync(Scaffold, 40), 1e-3);
        Assert.True(Math.Abs(wrong - Minimum) > 0.5);
    }

    // By the formula of option II the control variates would be ten times too long here, and the models would run away.
    [Fact]
    public async Task Scaffold_WithMomentum_GoesToTheMinimumToo() =>
        Assert.Equal(Minimum, await TrainAsync(Scaffold, 40, build: parameters => optim.SGD(parameters, Rate / 5, momentum: 0.9)), 0.01);

    // Who was not drawn keeps its control variate; c moves by the share that was.
    [Fact]
    public async Task Scaffold_WhereEachRoundDrawsSome_GoesToTheMinimum() => Assert.Equal(
        Minimum,
        await TrainAsync(Scaffold, 60, new()
        {
            ["assigner.template"] = "fraction",
            ["assigner.settings"] = new Dictionary<string, object?>
            {
                ["fraction"] = 0.67,
                ["seed"] = 5,
                ["task_groups"] = new object?[] { new Dictionary<string, object?> { ["name"] = "all", ["tasks"] = Tasks } },
            },
        }),
        1e-3);

    // What an encoding leaves out of a change stays in the next one.
    [Theory]
    [InlineData("int8")]
    [InlineData("bfloat16")]
    public async Task Scaffold_WithALossyPipeline_GoesToTheMinimum(string pipeline) => Assert.Equal(
        Minimum,
        await TrainAsync(Scaffold, 40, new() { ["compression_pipeline.template"] = pipeline, ["collaborator.settings.delta_updates"] = true }),
        0.01);

    private async Task<double> TrainAsync(
        string rule, int rounds, Dictionary<string, object?>? more = null, Func<IEnumerable<Parameter>, OptimizerHelper>? build = null)
    {
        // No round is one of steps of no length. Unbounded: so few sites differ by more than the bound.
        var plan = new Dictionary<string, object?>(more ?? [])
        {
            ["aggregator.settings.rounds_to_train"] = Math.Max(rounds, 1),
            ["tasks.train.aggregation_type"] = rule == Scaffold ? Unbounded : new Dictionary<string, object?> { ["template"] = rule },
            ["tasks.train.kwargs.epochs"] = Steps,
        };
        var options = new ExperimentOptions();
        foreach (var (key, value) in plan)
        {
            options.Plan[key] = value;
        }

        using var result = await LocalFederation.RunExperimentAsync(
            new FederatedModel(
                () => Sequential(("scale", Linear(1, 1, hasBias: false))),
                build ?? (parameters => optim.SGD(parameters, rounds == 0 ? 0 : Rate)),
                (output, target) => (output - target).pow(2).mean() / 2),
            _data,
            options);
        return result.Model.parameters().Single().item<float>();
    }

    private static Learning.Torch.Samples SamplesOf((double A, double B) site)
    {
        var scale = Math.Sqrt(site.A);
        return new(tensor([(float)scale]).reshape(1, 1), tensor([(float)(scale * site.B)]).reshape(1, 1));
    }
}
