using Actors.Grains.Experiments;

namespace Actors.Grains.Assignment.Tests;

public class StaticGroupedAssignerTests
{
    private static readonly AssignerChoice Choice = new(
        "static_grouped",
        7,
        [
            new("learners", ["train", "validate"], 0, ["c000", "c002"]),
            new("judges", ["validate"], 0, ["c001", "guest"]),
            new("idle", [], 0, ["c003"]),
        ]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(99)]
    public void Assign_InEveryRound_IsWhatThePlanLists(int round)
    {
        var assigned = new StaticGroupedAssigner().Assign(Choice, round, 0, Given.Names(3)).Tasks;
        Assert.Equal(Given.Names(3), assigned.Keys.Order());
        Assert.Equal(["train", "validate"], assigned[Given.Name("c000")]);
        Assert.Equal(["validate"], assigned[Given.Name("c001")]);
        Assert.Equal(["train", "validate"], assigned[Given.Name("c002")]);
    }

    [Fact]
    public void Assign_AMemberWithoutGroupOrTasks_IsLeftOut() =>
        Assert.Equal(Given.Names(3), new StaticGroupedAssigner().Assign(Choice, 0, 0, Given.Names(9)).Tasks.Keys.Order());

    [Fact]
    public void Assign_WhoIsListedButNoMember_IsLeftOut() =>
        Assert.DoesNotContain(Given.Name("guest"), new StaticGroupedAssigner().Assign(Choice, 0, 0, Given.Names(3)).Tasks.Keys);
}
