using static TorchSharp.torch;

namespace Actors.Learning.Torch.Tests;

public sealed class SpanTensorsTests
{
    [Fact]
    public void From_KeepsValuesShapeAndType()
    {
        using var tensor = SpanTensors.From<int>([1, 2, 3, 4, 5, 6], 2, 3);

        Assert.Equal(ScalarType.Int32, tensor.dtype);
        Assert.Equal([2, 3], tensor.shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], tensor.data<int>().ToArray());
    }

    [Fact]
    public void From_AShapeThatDoesNotFit_NamesBoth()
    {
        var problem = Assert.Throws<ArgumentException>(() => SpanTensors.From<float>([1, 2, 3], 2, 2));

        Assert.StartsWith("3 values do not fill the shape [2, 2].", problem.Message);
    }

    [Fact]
    public void From_AnUnknownType_NamesTheKnown()
    {
        var problem = Assert.Throws<ArgumentException>(() => SpanTensors.From<decimal>([1], 1));

        Assert.Equal("No tensor is made of Decimal; use float, double, byte, int or long.", problem.Message);
    }
}
