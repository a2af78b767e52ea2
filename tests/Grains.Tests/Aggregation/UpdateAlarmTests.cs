using Actors.Contracts.Tensors;
using Actors.Grains.Experiments;

namespace Actors.Grains.Aggregation.Tests;

public class UpdateAlarmTests
{
    private static readonly ModelManifest Three = new([new("w", ElementType.Float32, new(3))]);

    [Fact]
    public void Find_ALongChangeAndOneThatPointsAgainstTheOthers_AreNamed()
    {
        var alarms = Find("bounded_average", [1, 0, 0], [1, 0.1f, 0], [-1, 0.2f, 0], [5, 1, 0], [1e6f, 0, 0]);
        Assert.Equal(["c002", "c003", "c004"], alarms.Select(alarm => alarm.Collaborator.Value));
        Assert.Equal([false, false, true], alarms.Select(alarm => alarm.IsLeftOut));
        Assert.Equal("the change of c004 is 1E+06 long; 1.02 is typical. It was left out.", alarms[2].ToString());
        Assert.StartsWith("the change of c002 is 1.02 long, at a cosine of -0.9", alarms[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Find_UpdatesThatAgree_AreNone() => Assert.Empty(Find("bounded_average", [1, 0, 0], [1, 0.1f, 0], [0.5f, 0, 1]));

    [Fact]
    public void Find_OrthogonalUpdates_AreNone() => Assert.Empty(Find("bounded_average", [1, 0, 0], [0, 1, 0], [0, 0, 1]));

    [Fact]
    public void Find_ARuleThatDoesNotMeasure_IsNone() => Assert.Empty(Find("weighted_average", [1, 0, 0], [1, 0, 0], [-1e6f, 0, 0]));

    // Where averaging has come to rest the changes of sites that differ cancel out: each points against the others, and all are honest.
    [Fact]
    public void Find_AtTheFixedPointOfAveraging_NamesHonestSitesToo_AndTheDefaultCountsThem()
    {
        float[][] updates = [[1, 0, 0], [0, 1, 0], [-1, -1, 0]];
        var measures = Run("bounded_average", updates);
        Assert.All(measures, measure => Assert.InRange(measure.Cosine, -1, -0.9));
        Assert.All(measures, measure => Assert.Equal(1 / 3.0, measure.Counted, 1e-12));
        Assert.Equal(["c000", "c001", "c002"], Find("bounded_average", updates).Select(alarm => alarm.Collaborator.Value));
    }

    // Two of three along x: the cosine of each to the sum of the others' directions, by hand.
    [Fact]
    public void Run_MeasuresCosinesToTheOthersDirections()
    {
        var measures = Run("bounded_average", [2, 0, 0], [1, 0, 0], [0, 3, 0]);
        Assert.Equal([Math.Sqrt(0.5), Math.Sqrt(0.5), 0], measures.Select(measure => measure.Cosine), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([2, 1, 3], measures.Select(measure => measure.Norm));
    }

    private static IReadOnlyList<UpdateAlarm> Find(string rule, params float[][] updates) =>
        UpdateAlarm.Find(Given.Names(updates.Length), Run(rule, updates), 3);

    private static IReadOnlyList<UpdateMeasure> Run(string rule, params float[][] updates) => Aggregation.Run(
        Three,
        PolicyChoice.Named(rule),
        ModelBytes.Of(Three, [0, 0, 0]),
        [.. updates.Select(update => (ModelBytes.Of(Three, [.. update.Select(value => (double)value)]), 1L))]).Measures;
}
