using Actors.TestKit.Network;

using FsCheck;
using FsCheck.Fluent;

namespace Actors.Silo.Network.Tests;

/// <summary>What happens to the first connections of a federation; later ones are sound, or no federation would ever end.</summary>
/// <param name="Faults">The faults, connection by connection.</param>
public sealed record BadNetwork(IReadOnlyList<ConnectionFault> Faults)
{
    // About what a host sends and gets in a round.
    private const int Traffic = 3_000_000;

    /// <summary>What is wrong with a connection, by its number.</summary>
    public ConnectionFault Of(int connection) => connection < Faults.Count ? Faults[connection] : ConnectionFault.None;

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', Faults);

    /// <summary>Networks that are bad in every way at once.</summary>
    public static Arbitrary<BadNetwork> Arbitrary() =>
        Connection().ListOf().Where(faults => faults.Count > 0).Select(faults => new BadNetwork([.. faults.Take(8)])).ToArbitrary();

    private static Gen<ConnectionFault> Connection() =>
        from up in Direction()
        from down in Direction()
        from refused in Gen.Frequency((1, Gen.Constant(true)), (5, Gen.Constant(false)))
        select new ConnectionFault(up, down, refused);

    private static Gen<StreamFault> Direction() =>
        from piece in Gen.Elements(113, 1400, 16 << 10, 64 << 10)
        from delay in Gen.Choose(0, 4)
        from cut in Rarely(2)
        from stall in Rarely(3)
        from stallTime in Gen.Choose(50, 700)
        from swap in Rarely(4)
        select new StreamFault
        {
            PieceBytes = piece,

            // Small pieces that each wait would take minutes and show nothing that large ones do not.
            Delay = TimeSpan.FromMilliseconds(piece < 16 << 10 ? 0 : delay),
            CutAfterBytes = cut,
            StallAfterBytes = stall,
            Stall = TimeSpan.FromMilliseconds(stallTime),
            SwapAfterBytes = swap,
        };

    // One time in so many, somewhere: in the handshake as often as in a model.
    private static Gen<long?> Rarely(int times) => Gen.Frequency(
        (1, Gen.OneOf(Gen.Choose(0, 5_000), Gen.Choose(0, Traffic)).Select(bytes => (long?)bytes)),
        (times - 1, Gen.Constant<long?>(null)));
}
