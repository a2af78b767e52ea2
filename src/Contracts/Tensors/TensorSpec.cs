namespace Actors.Contracts.Tensors;

/// <summary>What a tensor is, apart from its values: its name, element type and shape.</summary>
/// <param name="Name">The framework's name, such as <c>conv1.weight</c>; unique in a manifest.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its axes.</param>
public sealed record TensorSpec(string Name, ElementType Type, TensorShape Shape)
{
    /// <summary>The size of its elements in bytes, without padding.</summary>
    public long ByteLength => checked(Shape.ElementCount * Type.SizeInBytes());

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Type}{Shape}";
}
