namespace Actors.Grains.Tensors;

/// <summary>The tensor store cannot do what it was asked: the disk is full, a file is gone or shorter than it was.</summary>
public sealed class TensorStoreException(string message, Exception? inner = null) : FederationException(message, inner);
