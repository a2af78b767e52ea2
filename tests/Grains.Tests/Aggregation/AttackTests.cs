namespace Actors.Grains.Aggregation.Tests;

/// <summary>One of five sends its change a hundred times over and turned round. Everybody's loss is the squared distance to a target of its own.</summary>
public class AttackTests
{
    private const int Rounds = 40;

    private static readonly double[][] Targets = [[1.1, 2, 3], [0.9, 2.1, 3], [1, 1.9, 3.1], [1, 2, 2.9], [1, 2, 3]];
    private static readonly double[] Best = [1, 2, 3];

    // The sites differ by up to 0.15 among themselves.
    [Theory]
    [InlineData("bounded_average")]
    [InlineData("median")]
    [InlineData("trimmed_mean")]
    [InlineData("geometric_median")]
    [InlineData("krum")]
    [InlineData("multi_krum")]
    public void Train_UnderAttack_EndsWhereTheCleanRunDoes(string rule) => Assert.InRange(Distance(Train(rule, attacked: true)), 0, 0.15);

    [Fact]
    public void Train_UnderAttack_TheUnboundedAverageIsLost() => Assert.InRange(Distance(Train("weighted_average", attacked: true)), 1e6, double.MaxValue);

    [Fact]
    public void Train_Clean_TheDefaultIsTheAverageToTheBit() => Assert.Equal(Train("weighted_average", attacked: false), Train("bounded_average", attacked: false));

    private static double[] Train(string rule, bool attacked)
    {
        double[] model = [0, 0, 0];
        var choice = Given.Choice(rule, (TrimmedMean.TrimFraction, 0.2));
        for (var round = 0; round < Rounds; round++)
        {
            var updates = Targets.Select((target, site) =>
            {
                var factor = attacked && site == 4 ? -100 : 1;
                return model.Zip(target, (x, t) => x + (factor * 0.5 * (t - x))).ToArray();
            }).ToArray();
            model = Aggregation.Of(choice, model, updates);
        }

        return model;
    }

    private static double Distance(double[] model) => Math.Sqrt(model.Zip(Best, (a, b) => (a - b) * (a - b)).Sum());
}
