namespace Actors.Contracts.Tensors;

/// <summary>The upper half of binary32, as <see cref="ElementType.BFloat16"/> has it.</summary>
public static class BFloat16
{
    /// <summary>The nearest one, ties to even; infinity beyond the largest. A NaN may come out as infinity: ask for it first.</summary>
    public static ushort Nearest(float number) => Nearest(BitConverter.SingleToUInt32Bits(number));

    /// <summary>The nearest one to the binary32 number with these bits.</summary>
    public static ushort Nearest(uint bits) => (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);

    /// <summary>The number.</summary>
    public static float ToSingle(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);
}
