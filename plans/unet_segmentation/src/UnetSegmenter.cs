using Actors.Contracts.Metrics;
using Actors.Learning;
using Actors.Learning.Torch;

using TorchSharp;
using TorchSharp.Modules;

using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace UnetSegmentation;

/// <summary>Trains a 3D U-Net on cubes, and measures it on whole volumes of any size.</summary>
/// <param name="data">The volumes.</param>
/// <param name="learningRate">Adam's step size.</param>
/// <param name="width">The channels of the first level, a multiple of 4.</param>
public sealed class UnetSegmenter(VolumeLoader data, double learningRate = 0.01, int width = 8) : TorchTaskRunner(data)
{
    /// <summary>
    /// Measures whole volumes. Knows <c>dice</c>, the mean over all classes but background, and <c>dice_1</c> and on, one class each: the mean of the volumes'.
    /// </summary>
    [ValidateTask]
    public override TaskResult ValidateTask(TaskContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Network.eval();
        using var frozen = no_grad();
        var sums = new double[data.Classes];
        foreach (var (place, volume) in data.Validations.Index())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var shown = Segment(volume);
            for (var label = 1; label < data.Classes; label++)
            {
                sums[label] += Dice.Of(shown, volume.Labels, (byte)label);
            }

            context.Progress.Report((place + 1.0) / data.Validations.Count);
        }

        double[] dice = [.. sums[1..].Select(sum => sum / data.Validations.Count)];
        return TaskResult.For(
            context,
            data.Validations.Count,
            [new("dice", dice.Average()), .. dice.Select((value, place) => new Metric($"dice_{place + 1}", value))]);
    }

    /// <inheritdoc/>
    protected override Module<Tensor, Tensor> BuildNetwork() => new Unet3d(data.Classes, width);

    /// <inheritdoc/>
    protected override OptimizerHelper BuildOptimizer(IEnumerable<Parameter> parameters) => optim.Adam(parameters, learningRate);

    /// <inheritdoc/>
    protected override Tensor Loss(Tensor output, Tensor target) => Dice.Loss(output, target);

    // Cube by cube; each shows its inside, as the network knows least of what lies at a cube's sides.
    private byte[] Segment(Volume volume)
    {
        var (edge, margin) = (data.Edge, data.Edge / 8);
        var step = edge - (2 * margin);
        var shown = new byte[volume.Labels.Length];
        var (image, labels) = (new float[edge * edge * edge], new long[edge * edge * edge]);
        for (var z = 0; z < volume.Depth; z += step)
        {
            for (var y = 0; y < volume.Height; y += step)
            {
                for (var x = 0; x < volume.Width; x += step)
                {
                    volume.CopyCube((z - margin, y - margin, x - margin), edge, image, labels);
                    Copy(Classify(image, edge), (z, y, x), volume, shown);
                }
            }
        }

        return shown;

        void Copy(long[] classes, (int Z, int Y, int X) first, Volume within, byte[] all)
        {
            for (var z = 0; z < Math.Min(step, within.Depth - first.Z); z++)
            {
                for (var y = 0; y < Math.Min(step, within.Height - first.Y); y++)
                {
                    for (var x = 0; x < Math.Min(step, within.Width - first.X); x++)
                    {
                        all[((((first.Z + z) * within.Height) + first.Y + y) * within.Width) + first.X + x] =
                            (byte)classes[((((z + margin) * edge) + y + margin) * edge) + x + margin];
                    }
                }
            }
        }
    }

    private long[] Classify(float[] image, int edge)
    {
        using var scope = NewDisposeScope();
        return Network.forward(SpanTensors.From<float>(image, 1, 1, edge, edge, edge)).argmax(1).data<long>().ToArray();
    }
}
