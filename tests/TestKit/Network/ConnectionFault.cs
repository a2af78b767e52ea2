namespace Actors.TestKit.Network;

/// <summary>What is wrong with a connection.</summary>
/// <param name="Up">From the one who dials.</param>
/// <param name="Down">To the one who dials.</param>
/// <param name="Refused">Closed as soon as it is made.</param>
public sealed record ConnectionFault(StreamFault Up, StreamFault Down, bool Refused = false)
{
    /// <summary>Nothing is wrong.</summary>
    public static ConnectionFault None { get; } = new(StreamFault.None, StreamFault.None);
}
