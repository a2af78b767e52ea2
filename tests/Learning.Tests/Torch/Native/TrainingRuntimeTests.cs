using System.Runtime.InteropServices;

using TorchSharp;

namespace Actors.Learning.Torch.Native.Tests;

public sealed class TrainingRuntimeTests
{
    [Fact]
    public void Prepare_IsSeenByNativeCode_AndByLibTorch()
    {
        LibTorch.EnsureLoaded();

        Assert.Equal("1", Marshal.PtrToStringUTF8(Variable("OMP_NUM_THREADS")));
        Assert.Equal(Environment.GetEnvironmentVariable("OMP_WAIT_POLICY"), Marshal.PtrToStringUTF8(Variable("OMP_WAIT_POLICY")));
        Assert.Equal(1, torch.get_num_threads());
    }

    [Fact]
    public void Prepare_ForNoThread_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => TrainingRuntime.Prepare(0));

    [DllImport("libc", EntryPoint = "getenv")]
    private static extern nint Variable([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
