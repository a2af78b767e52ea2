namespace Actors.Learning.Torch.Native;

/// <summary>libtorch cannot be loaded on this machine; the message names the file, the problem and the remedy.</summary>
public sealed class LibTorchException(string message) : Exception(message);
