using System.Runtime.InteropServices;

namespace Actors.Silo.Transport;

/// <summary>
/// The C library's heap, from which OpenSSL has some 90 KB for each connection. By default it keeps eight arenas for each core, and what one thread
/// frees in one of them another, in the next, cannot use: a crowd of connections then takes a fifth more.
/// </summary>
internal static partial class NativeHeap
{
    private const int ArenaMax = -8;

    /// <summary>Keeps to one arena for each core. Without effect where the C library knows no arenas.</summary>
    public static void BoundArenas() => Try(() => MallOpt(ArenaMax, Environment.ProcessorCount));

    /// <summary>Gives the system back what is free. Without effect where the C library does not do that.</summary>
    public static void Trim() => Try(() => MallocTrim(0));

    private static void Try(Func<int> call)
    {
        try
        {
            _ = OperatingSystem.IsLinux() ? call() : 0;
        }
        catch (Exception missing) when (missing is DllNotFoundException or EntryPointNotFoundException)
        {
            // Another C library, with a heap of its own kind.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int MallOpt(int parameter, int value);

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int MallocTrim(nuint keptBytes);
}
