using Actors.Silo.Running.Tests;
using Actors.TestKit.Network;

using FsCheck.Xunit;

namespace Actors.Silo.Network.Tests;

/// <summary>Whatever the network does, the federation ends with the bytes that it ends with on a good one.</summary>
public sealed class BadNetworkTests(UndisturbedModel undisturbed) : AggregatorTest, IClassFixture<UndisturbedModel>
{
    [Property(MaxTest = 8, Arbitrary = [typeof(BadNetwork)])]
    public async Task AnyBadNetwork_ChangesNoByte(BadNetwork network) => await AssertSameAsync(network.Of);

    // A case that once ended a host: a connection that the server closes between two chunks of an upload.
    [Property(MaxTest = 1, Replay = "14320234681991916450,8191581226427805105,38", Arbitrary = [typeof(BadNetwork)])]
    public async Task ABadNetworkThatOnceEndedAHost_ChangesNoByte(BadNetwork network) => await AssertSameAsync(network.Of);

    // A case that now and then stood still: the transport began an upload again by itself, with a body that nobody wrote any more.
    [Property(MaxTest = 1, Replay = "10750861912203251023,539588955856577761,26", Arbitrary = [typeof(BadNetwork)])]
    public async Task ABadNetworkThatOnceHeldAnUpload_ChangesNoByte(BadNetwork network) => await AssertSameAsync(network.Of);

    public static TheoryData<string, ConnectionFault> Faults => new()
    {
        { "refused", new(StreamFault.None, StreamFault.None, Refused: true) },
        { "cut in the handshake", new(new() { CutAfterBytes = 300 }, StreamFault.None) },
        { "cut before the first answer", new(StreamFault.None, new() { CutAfterBytes = 4_000 }) },
        { "cut in a download", new(StreamFault.None, new() { CutAfterBytes = 1_500_000 }) },
        { "cut in an upload", new(new() { CutAfterBytes = 1_500_000 }, StreamFault.None) },
        { "cut at the end of an upload", new(new() { CutAfterBytes = 2_412_000 }, StreamFault.None) },
        { "stalled in an upload", new(new() { StallAfterBytes = 1_000_000, Stall = TimeSpan.FromSeconds(1) }, StreamFault.None) },
        { "late", new(new() { Delay = TimeSpan.FromMilliseconds(5) }, new() { Delay = TimeSpan.FromMilliseconds(5) }) },
        { "in small pieces", new(new() { PieceBytes = 29 }, new() { PieceBytes = 113 }) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task EveryHostsFirstConnection_With(string what, ConnectionFault fault) =>
        Assert.True(await SameAsync(connection => connection < 3 ? fault : ConnectionFault.None), what);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BytesInAnotherOrder_BreakTheConnectionAndNothingElse(bool up)
    {
        var garbled = new StreamFault { SwapAfterBytes = 1_000_000 };
        var connections = 0;

        Assert.True(await SameAsync(connection =>
        {
            connections = connection + 1;
            return connection > 0 ? ConnectionFault.None : up ? new(garbled, StreamFault.None) : new(StreamFault.None, garbled);
        }));
        Assert.True(connections > 3, "The garbled connection was not given up.");
    }

    private async Task AssertSameAsync(Func<int, ConnectionFault> faultOf) => Assert.True(await SameAsync(faultOf));

    private async Task<bool> SameAsync(Func<int, ConnectionFault> faultOf)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Folder, Guid.NewGuid().ToString("N"))).FullName;
        return await HostedFederation.RunAsync(folder, Authority, faultOf) == await undisturbed.GetAsync();
    }
}
