namespace Actors.TestKit.Network;

/// <summary>What is wrong with one direction of a connection. The default is a sound one.</summary>
public sealed record StreamFault
{
    /// <summary>Nothing is wrong.</summary>
    public static StreamFault None { get; } = new();

    /// <summary>The most bytes that are passed on in one piece. Default: as many as come.</summary>
    public int PieceBytes { get; init; } = 64 << 10;

    /// <summary>How long each piece is held back. Default: not at all.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>After how many bytes the whole connection is cut, without a farewell. Default: never.</summary>
    public long? CutAfterBytes { get; init; }

    /// <summary>After how many bytes nothing passes for a while. Default: never.</summary>
    public long? StallAfterBytes { get; init; }

    /// <summary>How long nothing passes then.</summary>
    public TimeSpan Stall { get; init; }

    /// <summary>From which byte on two pieces change places, once. TLS takes no such stream: the connection breaks. Default: never.</summary>
    public long? SwapAfterBytes { get; init; }
}
