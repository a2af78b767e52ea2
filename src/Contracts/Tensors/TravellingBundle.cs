namespace Actors.Contracts.Wire;

/// <content>What of a bundle travels: its bytes, or their encoded form.</content>
public sealed partial class TensorBundle
{
    /// <summary>The digest of the bytes that are pushed or pulled.</summary>
    public string TravellingDigest => Encoding?.Digest ?? Digest;

    /// <summary>How many bytes are pushed or pulled.</summary>
    public long TravellingLength => Encoding?.ByteLength ?? ByteLength;
}
