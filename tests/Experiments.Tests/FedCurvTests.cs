namespace Actors.Experiments.Tests;

/// <summary>FedCurv on quadratics, against the paper's equations in float64.</summary>
public sealed class FedCurvTests : IDisposable
{
    private const double Importance = 0.1;

    private readonly QuadraticSites _sites = new();

    public void Dispose() => _sites.Dispose();

    // A sample's gradient at w is a (w − b), so u = a² (w − b)² and v = u w. A step's gradient has 2 λ (Σ uⱼ w − Σ vⱼ) over the others added.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Rounds_AreThoseOfThePaper(int rounds)
    {
        var start = await _sites.TrainAsync("weighted_average", 0);
        Assert.Equal(Rounds(start, rounds, Importance), await TrainAsync(rounds), 1e-4);
    }

    // Else the case above would not tell the penalty from none, nor the others' from everybody's.
    [Fact]
    public void Rounds_WithoutThePenalty_OrWithTheOwnPartInIt_ComeToSomethingElse()
    {
        Assert.True(Math.Abs(Rounds(0.5, 2, Importance) - Rounds(0.5, 2, 0)) > 0.01);
        Assert.True(Math.Abs(Rounds(0.5, 2, Importance) - Rounds(0.5, 2, Importance, isOwnIn: true)) > 0.01);
    }

    // u and v are encoded as updates are; what is taken out is what was read.
    [Fact]
    public async Task Rounds_WithALossyPipeline_ComeNear()
    {
        var start = await _sites.TrainAsync("weighted_average", 0);
        Assert.Equal(Rounds(start, 3, Importance), await TrainAsync(3, new() { ["compression_pipeline.template"] = "bfloat16" }), 0.03);
    }

    private Task<double> TrainAsync(int rounds, Dictionary<string, object?>? more = null) => _sites.TrainAsync("fed_curv", rounds, new(more ?? [])
    {
        ["tasks.train.aggregation_type.settings"] = new Dictionary<string, object?>
        {
            ["importance"] = Importance,
            ["norm_multiplier"] = 1e9,
            ["leave_out_multiplier"] = 1e9,
        },
    });

    private static double Rounds(double x, int rounds, double importance, bool isOwnIn = false)
    {
        var sites = QuadraticSites.Sites;
        var (u, v) = (new double[sites.Length], new double[sites.Length]);
        for (var round = 0; round < rounds; round++)
        {
            var ends = new double[sites.Length];
            for (var i = 0; i < sites.Length; i++)
            {
                var (fisher, centre) = isOwnIn ? (u.Sum(), v.Sum()) : (u.Sum() - u[i], v.Sum() - v[i]);
                var w = x;
                for (var step = 0; step < QuadraticSites.Steps; step++)
                {
                    w -= QuadraticSites.Rate * ((sites[i].A * (w - sites[i].B)) + (2 * importance * ((fisher * w) - centre)));
                }

                ends[i] = w;
            }

            for (var i = 0; i < sites.Length; i++)
            {
                u[i] = Math.Pow(sites[i].A * (ends[i] - sites[i].B), 2);
                v[i] = u[i] * ends[i];
            }

            x = ends.Average();
        }

        return x;
    }
}
