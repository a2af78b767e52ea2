using Actors.Contracts.Tensors;

namespace Actors.Contracts.Tensors.Tests;

public class ElementTypesTests
{
    [Theory]
    [InlineData(ElementType.Float32, 1, 4, true)]
    [InlineData(ElementType.Float64, 2, 8, true)]
    [InlineData(ElementType.Float16, 3, 2, true)]
    [InlineData(ElementType.BFloat16, 4, 2, true)]
    [InlineData(ElementType.Int8, 5, 1, false)]
    [InlineData(ElementType.Int16, 6, 2, false)]
    [InlineData(ElementType.Int32, 7, 4, false)]
    [InlineData(ElementType.Int64, 8, 8, false)]
    [InlineData(ElementType.UInt8, 9, 1, false)]
    [InlineData(ElementType.Boolean, 10, 1, false)]
    public void EveryType_HasItsPersistedNumberAndSize(ElementType type, int number, int size, bool isFloat)
    {
        Assert.Equal(number, (int)type);
        Assert.Equal(size, type.SizeInBytes());
        Assert.Equal(isFloat, type.IsFloatingPoint());
    }

    [Fact]
    public void UnknownType_HasNoSize() => Assert.Throws<ArgumentOutOfRangeException>(() => ((ElementType)11).SizeInBytes());
}
