using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Actors.Grains.Aggregation;

/// <summary>Asks for memory that will be read soon. The processor does so by itself, but not across pages.</summary>
internal static unsafe class MemoryAhead
{
    private const int Distance = 2048;
    private const int CacheLine = 64;

    /// <summary>Asks for what lies ahead of a place, also where nothing is: that harms nobody.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(byte* place, int length = CacheLine)
    {
        if (Sse.IsSupported)
        {
            for (var ahead = Distance; ahead < Distance + length; ahead += CacheLine)
            {
                Sse.Prefetch0(place + ahead);
            }
        }
    }
}
