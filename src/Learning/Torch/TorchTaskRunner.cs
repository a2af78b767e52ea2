namespace Actors.Learning.Torch;

/// <summary>A task runner for a TorchSharp module.</summary>
public abstract class TorchTaskRunner : TaskRunner;
