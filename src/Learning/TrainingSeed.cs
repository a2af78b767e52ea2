using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace Actors.Learning;

/// <summary>
/// Seeds for chance in a round: the same plan, collaborator and round give the same numbers in every process, so that a task that
/// is run again after a crash comes to the same update; two collaborators or rounds give unrelated ones.
/// </summary>
public static class TrainingSeed
{
    /// <summary>The seed for one epoch.</summary>
    /// <param name="seed">The plan's seed.</param>
    /// <param name="context">The round and the collaborator.</param>
    /// <param name="epoch">The epoch in the round, from 0.</param>
    /// <returns>Any number from 0 to <see cref="long.MaxValue"/>.</returns>
    public static long Of(long seed, TaskContext context, int epoch)
    {
        ArgumentNullException.ThrowIfNull(context);
        Span<byte> numbers = stackalloc byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(numbers, seed);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[8..], context.Round);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[12..], epoch);
        var hash = new XxHash64();
        hash.Append(numbers);
        hash.Append(Encoding.UTF8.GetBytes(context.Collaborator));
        return (long)(hash.GetCurrentHashAsUInt64() >> 1);
    }
}
