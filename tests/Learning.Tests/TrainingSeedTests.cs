namespace Actors.Learning.Tests;

public sealed class TrainingSeedTests
{
    [Fact]
    public void Of_IsFixed() => Assert.Equal(GoldenSeed, TrainingSeed.Of(7, Rounds.Context("one", 3), 1));

    [Fact]
    public void Of_AnyOtherSeedCollaboratorRoundOrEpoch_IsAnotherNumber()
    {
        long[] seeds =
        [
            TrainingSeed.Of(7, Rounds.Context("one", 3), 1),
            TrainingSeed.Of(8, Rounds.Context("one", 3), 1),
            TrainingSeed.Of(7, Rounds.Context("two", 3), 1),
            TrainingSeed.Of(7, Rounds.Context("one", 4), 1),
            TrainingSeed.Of(7, Rounds.Context("one", 3), 2),
        ];

        Assert.Equal(seeds.Length, seeds.Distinct().Count());
        Assert.All(seeds, seed => Assert.True(seed >= 0));
    }

    private const long GoldenSeed = 312255937862507003;
}
