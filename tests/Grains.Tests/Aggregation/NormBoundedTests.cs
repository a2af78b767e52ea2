using FsCheck.Xunit;

namespace Actors.Grains.Aggregation.Tests;

public class NormBoundedTests
{
    [Fact]
    public void Run_AChangeBeyondTheBound_HasItsLength() => Assert.Equal(
        [1 + (0.5 * 3), 1 + (0.5 * 4) + 0.5],
        Aggregation.Of(Given.Choice("norm_bounded", ("bound", 5)), [1, 1], [[1 + 300, 1 + 400], [1, 2]]),
        (one, other) => Math.Abs(one - other) < 1e-12);

    [Property]
    public bool Run_MovesTheModelByNoMoreThanTheBound(int seed)
    {
        var random = new Random(seed);
        double[] model = [random.NextDouble(), random.NextDouble()];
        var updates = Enumerable.Range(0, 5).Select(_ => new[] { 1e6 * random.NextDouble(), -1e3 * random.NextDouble() }).ToArray();
        var moved = Aggregation.Of(Given.Choice("norm_bounded", ("bound", 0.1)), model, updates).Zip(model, (a, b) => (a - b) * (a - b)).Sum();
        return Math.Sqrt(moved) <= 0.1 + 1e-9;
    }
}
