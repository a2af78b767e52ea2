using System.IO.Hashing;
using System.Text;

namespace Actors.Contracts.Compression;

/// <summary>Seeds of encodings: the same for the same work, so that it can be done again, and unlike for any other.</summary>
public static class EncodingSeed
{
    /// <summary>The seed that goes with some names, such as round, task and collaborator; their order counts.</summary>
    public static ulong Of(params ReadOnlySpan<string> names) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Join('\0', names)));
}
