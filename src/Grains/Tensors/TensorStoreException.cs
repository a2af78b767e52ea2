namespace Actors.Grains.Tensors;

/// <summary>The tensor store cannot do what it was asked: the disk is full, a file is gone or shorter than it was.</summary>
[GenerateSerializer, Alias("tensor-store-exception")]
public sealed class TensorStoreException(string message, Exception? inner = null) : FederationException(message, inner);
