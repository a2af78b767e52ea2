using TorchSharp;

using static TorchSharp.torch;

namespace Actors.Learning.Torch.Native.Tests;

public sealed class CleanMemoryTests
{
    [Theory]
    [InlineData(20, 50, 5)]
    [InlineData(1, 20, 2)]
    public void Convolution_OfOddChannels_InMemoryThatHeldNaN_StaysFinite(int inputs, int outputs, int kernel)
    {
        LibTorch.EnsureLoaded();
        using var convolution = nn.Conv2d(inputs, outputs, kernel);
        using var input = ones(64, inputs, 13, 13, requires_grad: true);
        using var scope = NewDisposeScope();

        LeaveNaN();
        var output = convolution.forward(input);
        LeaveNaN();
        output.sum().backward();

        Assert.True(isfinite(output).all().ToBoolean());
        Assert.True(isfinite(convolution.weight.grad!).all().ToBoolean());
        Assert.True(isfinite(input.grad!).all().ToBoolean());
    }

    private static void LeaveNaN()
    {
        var tensors = Enumerable.Range(0, 60).Select(index => full(2000 + (index * 4000), float.NaN)).ToList();
        tensors.ForEach(tensor => tensor.Dispose());
    }
}
