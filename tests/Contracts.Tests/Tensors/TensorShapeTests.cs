using Actors.Contracts.Tensors;

namespace Actors.Contracts.Tensors.Tests;

public class TensorShapeTests
{
    [Fact]
    public void ElementCount_IsTheProductOfTheAxes()
    {
        Assert.Equal(24, new TensorShape(2, 3, 4).ElementCount);
        Assert.Equal(0, new TensorShape(2, 0, 4).ElementCount);
    }

    [Fact]
    public void Scalar_HasNoAxesAndOneElement()
    {
        var scalar = new TensorShape([]);
        Assert.Empty(scalar.Axes);
        Assert.Equal(1, scalar.ElementCount);
        Assert.Equal("[]", scalar.ToString());
    }

    [Fact]
    public void Default_IsTheScalar()
    {
        Assert.Empty(default(TensorShape).Axes);
        Assert.Equal(1, default(TensorShape).ElementCount);
        Assert.Equal(new TensorShape([]), default);
    }

    [Fact]
    public void Equality_IsThatOfTheAxes()
    {
        Assert.True(new TensorShape(2, 3) == new TensorShape(2, 3));
        Assert.True(new TensorShape(2, 3) != new TensorShape(3, 2));
        Assert.True(new TensorShape(6) != new TensorShape(6, 1));
        Assert.Equal(new TensorShape(2, 3).GetHashCode(), new TensorShape(2, 3).GetHashCode());
    }

    [Fact]
    public void NegativeAxis_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new TensorShape(2, -1));

    [Fact]
    public void MoreElementsThan64BitsCount_IsRefused() =>
        Assert.Throws<OverflowException>(() => new TensorShape(long.MaxValue, 2));

    [Fact]
    public void ToString_ListsTheAxes() => Assert.Equal("[2, 3]", new TensorShape(2, 3).ToString());
}
