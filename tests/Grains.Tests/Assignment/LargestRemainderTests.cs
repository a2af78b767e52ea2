using FsCheck;
using FsCheck.Xunit;

namespace Actors.Grains.Assignment.Tests;

public class LargestRemainderTests
{
    [Theory]
    [InlineData(3, new[] { 0.5, 0.5 }, new[] { 2, 1 })]
    [InlineData(100, new[] { 0.29, 0.71 }, new[] { 29, 71 })]
    [InlineData(1, new[] { 0.5, 0.5 }, new[] { 1, 0 })]
    [InlineData(0, new[] { 0.5, 0.5 }, new[] { 0, 0 })]
    [InlineData(10, new[] { 0.33, 0.33, 0.33 }, new[] { 4, 3, 3 })]
    [InlineData(10, new[] { 0.7, 0.2, 0.1 }, new[] { 7, 2, 1 })]
    [InlineData(5, new[] { 1.0, 0.0 }, new[] { 5, 0 })]
    [InlineData(7, new[] { 2.0, 2.0, 3.0 }, new[] { 2, 2, 3 })]
    public void Split_GivesWholeParts(int total, double[] shares, int[] parts) => Assert.Equal(parts, LargestRemainder.Split(total, shares));

    [Theory]
    [InlineData(new double[0])]
    [InlineData(new[] { 0.0, 0.0 })]
    [InlineData(new[] { double.NaN })]
    public void Split_ByNothing_IsRefused(double[] shares) =>
        Assert.Contains("percentage over 0", Assert.Throws<ArgumentException>(() => LargestRemainder.Split(3, shares)).Message, StringComparison.Ordinal);

    [Property(MaxTest = 500)]
    public bool Split_AddsUpAndIsWithinOneOfExact(NonNegativeInt total, NonEmptyArray<byte> weights)
    {
        var shares = weights.Get.Select(weight => (weight + 1) / 256.0).ToArray();
        var parts = LargestRemainder.Split(total.Get, shares);
        var sum = shares.Sum();
        return parts.Sum() == total.Get
            && parts.Zip(shares, (part, share) => Math.Abs(part - (total.Get * share / sum))).All(difference => difference < 1 + 1e-6);
    }
}
