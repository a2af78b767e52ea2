using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace UnetSegmentation;

/// <summary>Dice's coefficient 2 |A ∩ B| / (|A| + |B|) of what is shown and what is there.</summary>
public static class Dice
{
    private const double Smoothing = 1;

    /// <summary>
    /// The soft Dice loss (Milletari et al. 2016) of all classes but background, plus the cross entropy, which has a gradient where a class is nowhere near:
    /// the mean of the classes' own means, so that a small class weighs as much as the background does.
    /// </summary>
    /// <param name="scores">Shape <c>[batch, classes, depth, height, width]</c>.</param>
    /// <param name="labels">Shape <c>[batch, depth, height, width]</c>, int64.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Loss(Tensor scores, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var logs = functional.log_softmax(scores, 1);
        var chances = logs.exp();
        var there = functional.one_hot(labels, scores.shape[1]).permute(0, 4, 1, 2, 3).to(scores.dtype);
        long[] voxels = [0, 2, 3, 4];
        var both = (chances * there).sum(voxels);
        var counts = there.sum(voxels);
        var dice = ((2 * both) + Smoothing) / (chances.sum(voxels) + counts + Smoothing);
        var entropies = -(there * logs).sum(voxels) / counts.clamp_min(1);
        return 1 - dice.slice(0, 1, dice.shape[0], 1).mean() + (entropies.sum() / counts.gt(0).sum());
    }

    /// <summary>The coefficient of one class in one volume, from 0 to 1; 1 where the class is in neither.</summary>
    public static double Of(ReadOnlySpan<byte> shown, ReadOnlySpan<byte> there, byte label)
    {
        var (both, sum) = (0L, 0L);
        for (var i = 0; i < there.Length; i++)
        {
            both += shown[i] == label && there[i] == label ? 1 : 0;
            sum += (shown[i] == label ? 1 : 0) + (there[i] == label ? 1 : 0);
        }

        return sum == 0 ? 1 : 2.0 * both / sum;
    }
}
