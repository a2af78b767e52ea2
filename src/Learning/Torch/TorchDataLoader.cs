using Actors.Learning.Settings;
using Actors.Learning.Torch.Native;

namespace Actors.Learning.Torch;

/// <summary>
/// A data loader for TorchSharp: a derived constructor reads the data and assigns <see cref="Train"/> and <see cref="Validation"/>
/// (make tensors with <see cref="SpanTensors"/>). Whoever made the loader disposes it, after the runner that uses it.
/// </summary>
public abstract class TorchDataLoader : DataLoader, IDisposable
{
    /// <summary>Makes libtorch ready, so that the derived constructor may make tensors.</summary>
    protected TorchDataLoader() => LibTorch.EnsureLoaded();

    /// <summary>The samples of a mini-batch, in training and in validation. Default: 32.</summary>
    [PlanSetting]
    public int BatchSize
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 32;

    /// <summary>The training samples; null for a node that only validates.</summary>
    public Samples? Train { get; protected init; }

    /// <summary>The validation samples; null for a node that only trains.</summary>
    public Samples? Validation { get; protected init; }

    /// <inheritdoc/>
    public override long TrainSampleCount => Train?.Count ?? 0;

    /// <inheritdoc/>
    public override long ValidationSampleCount => Validation?.Count ?? 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the samples.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Train?.Dispose();
            Validation?.Dispose();
        }
    }
}
