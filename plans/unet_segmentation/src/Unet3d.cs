using TorchSharp;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace UnetSegmentation;

/// <summary>
/// A 3D U-Net (Çiçek et al. 2016) of three levels, from <c>[batch, 1, depth, height, width]</c> to <c>[batch, classes, depth, height, width]</c>; axes
/// are multiples of 4. Normalised by groups of channels (Wu and He 2018): unlike batch normalisation that keeps no statistics of a site in the model.
/// </summary>
public sealed class Unet3d : Module<Tensor, Tensor>
{
    private readonly Module<Tensor, Tensor> _down1;
    private readonly Module<Tensor, Tensor> _down2;
    private readonly Module<Tensor, Tensor> _bottom;
    private readonly Module<Tensor, Tensor> _widen2;
    private readonly Module<Tensor, Tensor> _up2;
    private readonly Module<Tensor, Tensor> _widen1;
    private readonly Module<Tensor, Tensor> _up1;
    private readonly Module<Tensor, Tensor> _scores;

    /// <summary>Builds it.</summary>
    /// <param name="classes">How many classes a voxel may have.</param>
    /// <param name="width">The channels of the first level, a multiple of 4; each level below has twice as many.</param>
    public Unet3d(int classes, int width)
        : base("unet")
    {
        _down1 = Level(1, width);
        _down2 = Level(width, 2 * width);
        _bottom = Level(2 * width, 4 * width);
        _widen2 = ConvTranspose3d(4 * width, 2 * width, 2, stride: 2);
        _up2 = Level(4 * width, 2 * width);
        _widen1 = ConvTranspose3d(2 * width, width, 2, stride: 2);
        _up1 = Level(2 * width, width);
        _scores = Conv3d(width, classes, 1);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override Tensor forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var first = _down1.forward(input);
        var second = _down2.forward(functional.max_pool3d(first, [2, 2, 2]));
        var third = _bottom.forward(functional.max_pool3d(second, [2, 2, 2]));
        var back = _up2.forward(cat([_widen2.forward(third), second], 1));
        return _scores.forward(_up1.forward(cat([_widen1.forward(back), first], 1))).MoveToOuterDisposeScope();
    }

    private static Module<Tensor, Tensor> Level(int from, int to) => Sequential(
        ("conv1", Conv3d(from, to, 3, padding: 1)),
        ("norm1", Norm(to)),
        ("relu1", ReLU()),
        ("conv2", Conv3d(to, to, 3, padding: 1)),
        ("norm2", Norm(to)),
        ("relu2", ReLU()));

    // TorchSharp 0.107 makes the weights zero, and nothing is learned then.
    private static Module<Tensor, Tensor> Norm(int channels)
    {
        var norm = GroupNorm(4, channels);
        init.ones_(norm.weight);
        init.zeros_(norm.bias);
        return norm;
    }
}
