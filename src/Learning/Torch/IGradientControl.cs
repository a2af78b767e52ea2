namespace Actors.Learning.Torch;

/// <summary>A <see cref="StepControl"/> on a network's gradients, which serves every optimizer. Tensors go by their names in its layout.</summary>
internal interface IGradientControl : IDisposable
{
    /// <summary>Takes one tensor of what comes with the model; one of a parameter that is not trained has no effect.</summary>
    void Write(string name, ReadOnlySpan<byte> source);

    /// <summary>Changes the gradients of one step, between the backward pass and the optimizer's step.</summary>
    void Correct();

    /// <summary>Copies out one tensor of this training's own; zero for a parameter that is not trained.</summary>
    /// <exception cref="InvalidOperationException">No step was corrected.</exception>
    void Read(string name, Span<byte> destination);
}
