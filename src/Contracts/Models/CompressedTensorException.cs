namespace Actors.Contracts.Models;

/// <summary>A tensor's values went through a compression pipeline, which a model file does not name.</summary>
internal sealed class CompressedTensorException()
    : Exception("its values went through a compression pipeline");
