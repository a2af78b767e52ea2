using static TorchSharp.torch;

namespace Actors.Experiments.Tests;

/// <summary>
/// SCAFFOLD on quadratics: the minimum of their mean is Σ aᵢ bᵢ / Σ aᵢ. FedAvg's fixed point is another one, which can be computed: a step's
/// factor is rᵢ = (1 − η aᵢ)^K, and Σ (1 − rᵢ) bᵢ / Σ (1 − rᵢ) stays.
/// </summary>
public sealed class ScaffoldTests : IDisposable
{
    private const string Scaffold = "scaffold";

    private static readonly object?[] Tasks = ["aggregated_model_validation", "train", "locally_tuned_model_validation"];

    private readonly QuadraticSites _sites = new();

    public void Dispose() => _sites.Dispose();

    // Two rounds of Algorithm 1 with option II, in float64 and by the paper's own formula for the control variates.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Rounds_AreThoseOfThePaper(int rounds)
    {
        var sites = QuadraticSites.Sites;
        var (x, c) = (await _sites.TrainAsync("weighted_average", 0), 0.0);
        var own = new double[sites.Length];
        for (var round = 0; round < rounds; round++)
        {
            var ends = new double[sites.Length];
            var next = (double[])own.Clone();
            for (var i = 0; i < sites.Length; i++)
            {
                var y = x;
                for (var step = 0; step < QuadraticSites.Steps; step++)
                {
                    y -= QuadraticSites.Rate * ((sites[i].A * (y - sites[i].B)) - own[i] + c);
                }

                (ends[i], next[i]) = (y, own[i] - c + ((x - y) / (QuadraticSites.Steps * QuadraticSites.Rate)));
            }

            x += ends.Average(end => end - x);
            c += next.Zip(own, (after, before) => after - before).Average();
            own = next;
        }

        Assert.Equal(x, await _sites.TrainUnboundedAsync(Scaffold, rounds), 1e-4);
    }

    [Fact]
    public async Task FedAvg_GoesToAnotherPoint_AndScaffoldToTheMinimum()
    {
        var kept = QuadraticSites.Sites.Select(site => Math.Pow(1 - (QuadraticSites.Rate * site.A), QuadraticSites.Steps)).ToArray();
        var wrong = QuadraticSites.Sites.Zip(kept, (site, r) => (1 - r) * site.B).Sum() / kept.Sum(r => 1 - r);

        Assert.Equal(wrong, await _sites.TrainAsync("weighted_average", 40), 1e-3);
        Assert.Equal(QuadraticSites.Minimum, await _sites.TrainUnboundedAsync(Scaffold, 40), 1e-3);
        Assert.True(Math.Abs(wrong - QuadraticSites.Minimum) > 0.5);
    }

    // By the formula of option II the control variates would be ten times too long here, and the models would run away.
    [Fact]
    public async Task Scaffold_WithMomentum_GoesToTheMinimumToo() => Assert.Equal(
        QuadraticSites.Minimum,
        await _sites.TrainUnboundedAsync(Scaffold, 40, build: parameters => optim.SGD(parameters, QuadraticSites.Rate / 5, momentum: 0.9)),
        0.01);

    // Who was not drawn keeps its control variate; c moves by the share that was.
    [Fact]
    public async Task Scaffold_WhereEachRoundDrawsSome_GoesToTheMinimum() => Assert.Equal(
        QuadraticSites.Minimum,
        await _sites.TrainUnboundedAsync(Scaffold, 60, new()
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
        QuadraticSites.Minimum,
        await _sites.TrainUnboundedAsync(
            Scaffold, 40, new() { ["compression_pipeline.template"] = pipeline, ["collaborator.settings.delta_updates"] = true }),
        0.01);
}
