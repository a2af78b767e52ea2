using Actors.Contracts.Identity;
using Actors.Contracts.Metrics;
using Actors.Grains.Rounds;
using Actors.Grains.Tasks;

using Microsoft.Extensions.Logging.Abstractions;

namespace Actors.Silo.Records.Tests;

public class HeardRoundsTests
{
    private static readonly RoundResult Result = new(
        4,
        [
            new("validate", 2, 10, [new Metric("accuracy", 0.5), new("loss", 2)], []),
            new("train", 2, 10, [new Metric("loss", 1)], []),
        ],
        [new CollaboratorName("ann")],
        2,
        DateTimeOffset.UnixEpoch,
        DateTimeOffset.UnixEpoch);

    [Fact]
    public void Report_TellsEachMetric_AlsoAfterOneThatWasNotLiked()
    {
        var heard = new List<string>();
        var next = new Next();
        new HeardRounds(Hear, next, NullLogger<HeardRounds>.Instance).Report(Result);

        Assert.Equal(["4 aggregator/validate/accuracy 0.5", "4 aggregator/train/loss 1"], heard);
        Assert.Same(Result, next.Told);

        void Hear(string node, string task, string metric, double value, int round)
        {
            if (value == 2)
            {
                throw new InvalidOperationException("Too much.");
            }

            heard.Add(FormattableString.Invariant($"{round} {node}/{task}/{metric} {value}"));
        }
    }

    private sealed class Next : IProgress<RoundResult>
    {
        public RoundResult? Told { get; private set; }

        public void Report(RoundResult value) => Told = value;
    }
}
