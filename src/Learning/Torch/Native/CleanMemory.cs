using System.Runtime.InteropServices;

namespace Actors.Learning.Torch.Native;

/// <summary>
/// Has libtorch hand out memory that is zero. libtorch 2.10 leaves the padding of a convolution's weights as it finds it when the
/// channels are no multiple of 16, and multiplies it by zero: harmless, unless the memory held the bits of a NaN before, as white pixels
/// (255, 255, 255, 255) are. Then channels of the output or of a gradient are NaN, in one run and not in the next.
/// </summary>
internal static class CleanMemory
{
    private const string Flag = "FLAGS_caffe2_cpu_allocator_do_zero_fill";

    /// <summary>Sets the allocator's own flag for it. Where a libtorch has no such flag, nothing is done.</summary>
    /// <param name="libTorch">The path of libtorch_cpu, which is loaded; its allocator lies beside it.</param>
    public static void Ask(string libTorch)
    {
        var allocator = Path.Combine(Path.GetDirectoryName(libTorch)!, "libc10.so");
        if (OperatingSystem.IsLinux() && NativeLibrary.TryLoad(allocator, out var library)
            && NativeLibrary.TryGetExport(library, Flag, out var flag))
        {
            Marshal.WriteByte(flag, 1);
        }
    }
}
