using Actors.Cli.Composition;

namespace Actors.Cli.Aggregator.Tests;

public class EvaluationReportTests
{
    [Fact]
    public void Of_HasALineForEachTaskAndMetric()
    {
        var round = new RoundLine(
            0,
            1.5,
            new Dictionary<string, IReadOnlyDictionary<string, double>>
            {
                ["validate"] = new Dictionary<string, double> { ["accuracy"] = 0.97342, ["loss"] = 0.08131 },
                ["calibrate"] = new Dictionary<string, double> { ["error"] = 1234.5678 },
            },
            ["one", "two"]);

        Assert.Equal(
            "save/last.pbuf, by one, two:\nvalidate: accuracy 0.97342\nvalidate: loss 0.08131\ncalibrate: error 1234.6",
            EvaluationReport.Of("save/last.pbuf", round));
    }
}
