using FsCheck;
using FsCheck.Xunit;

namespace Actors.Contracts.Faults.Tests;

public sealed class ArmedFaultTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public void Parse_OfNothing_ArmsNothing(string? text) => Assert.Null(ArmedFault.Parse(text));

    [Fact]
    public void Parse_OfAPointAndATime_ArmsIt() =>
        Assert.Equal(new ArmedFault(FaultPoint.ResultAccepted, 3), ArmedFault.Parse("ResultAccepted@3"));

    [Property]
    public void Parse_OfWhatAFaultPrints_IsThatFault(FaultPoint point, PositiveInt time)
    {
        var fault = new ArmedFault(point, time.Get);

        Assert.Equal(fault, ArmedFault.Parse(fault.ToString()));
    }

    [Theory]
    [InlineData("ResultAccepted")]
    [InlineData("ResultAccepted@0")]
    [InlineData("ResultAccepted@-1")]
    [InlineData("ResultAccepted@+1")]
    [InlineData("ResultAccepted@1@2")]
    [InlineData("resultaccepted@1")]
    [InlineData("2@1")]
    [InlineData("99@1")]
    [InlineData("Lunch@1")]
    [InlineData("ResultAccepted@99999999999")]
    public void Parse_OfAnythingElse_NamesThePoints(string text)
    {
        var problem = Assert.Throws<FormatException>(() => ArmedFault.Parse(text));

        Assert.StartsWith($"FX_FAULT is '{text}'. Write a point and a time, such as ResultAccepted@3; points are ChunkStored, ", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Reach_WithNothingArmed_DoesNothing()
    {
        foreach (var point in Enum.GetValues<FaultPoint>())
        {
            FaultPoints.Reach(point);
        }
    }
}
