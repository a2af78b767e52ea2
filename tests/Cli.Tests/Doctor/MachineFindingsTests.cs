namespace Actors.Cli.Doctor.Tests;

public sealed class MachineFindingsTests
{
    private const long GiB = 1L << 30;

    [Theory]
    [InlineData(3 * GiB, FindingStatus.Ok)]
    [InlineData(GiB, FindingStatus.Warning)]
    public void Memory_IsJudgedByWhatTrainingWants(long bytes, FindingStatus expected) =>
        Assert.Equal(expected, MachineFindings.Memory(bytes).Status);

    [Theory]
    [InlineData(3 * GiB, FindingStatus.Ok)]
    [InlineData(GiB, FindingStatus.Warning)]
    [InlineData(GiB / 8, FindingStatus.Problem)]
    public void Disk_IsJudgedByTheRoomForModels(long bytes, FindingStatus expected) =>
        Assert.Equal(expected, MachineFindings.Disk("here", bytes).Status);

    [Theory]
    [InlineData(1, FindingStatus.Ok)]
    [InlineData(-400, FindingStatus.Problem)]
    public void Clock_CannotBeBeforeTheProgramWasBuilt(int days, FindingStatus expected)
    {
        var built = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal(expected, MachineFindings.Clock(built.AddDays(days), built).Status);
    }
}
