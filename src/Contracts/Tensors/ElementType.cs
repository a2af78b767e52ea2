namespace Actors.Contracts.Tensors;

/// <summary>The type of a tensor's elements. Little-endian on the wire and in files. The numbers are persisted: add, never change.</summary>
public enum ElementType
{
    /// <summary>IEEE 754 binary32.</summary>
    Float32 = 1,

    /// <summary>IEEE 754 binary64.</summary>
    Float64 = 2,

    /// <summary>IEEE 754 binary16.</summary>
    Float16 = 3,

    /// <summary>The upper half of a binary32.</summary>
    BFloat16 = 4,

    /// <summary>8-bit signed integer.</summary>
    Int8 = 5,

    /// <summary>16-bit signed integer.</summary>
    Int16 = 6,

    /// <summary>32-bit signed integer.</summary>
    Int32 = 7,

    /// <summary>64-bit signed integer.</summary>
    Int64 = 8,

    /// <summary>8-bit unsigned integer.</summary>
    UInt8 = 9,

    /// <summary>One byte, 0 or 1.</summary>
    Boolean = 10,
}
