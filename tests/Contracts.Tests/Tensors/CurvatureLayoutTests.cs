namespace Actors.Contracts.Tensors.Tests;

public sealed class CurvatureLayoutTests
{
    // Float16 would lose a squared gradient of 1e-4; a counter's place is there and stays zero.
    [Fact]
    public void Of_HasTwoTensorsForEachOfTheModels()
    {
        var model = new ModelManifest(
        [
            new("a", ElementType.Float16, new(2, 3)),
            new("b", ElementType.Float64, new(4)),
            new("count", ElementType.Int64, new()),
        ]);
        Assert.Equal(
        [
            new("u.a", ElementType.Float32, new(2, 3)),
            new("u.b", ElementType.Float64, new(4)),
            new("u.count", ElementType.Float32, new()),
            new("v.a", ElementType.Float32, new(2, 3)),
            new("v.b", ElementType.Float64, new(4)),
            new("v.count", ElementType.Float32, new()),
        ], CurvatureLayout.Of(model).Tensors);
    }
}
