using Google.Protobuf;

using Wire = Actors.Contracts.Wire;

namespace Actors.Contracts.Federations;

/// <summary>Between what an author signed and its message.</summary>
public static class SealMessages
{
    /// <summary>For the wire.</summary>
    public static Wire.AuthorSeal ToMessage(this SignedExperiment signed)
    {
        ArgumentNullException.ThrowIfNull(signed);
        return new()
        {
            Text = signed.Text,
            Signature = ByteString.CopyFrom(signed.Signature),
            Certificate = ByteString.CopyFrom(signed.Certificate),
        };
    }

    /// <summary>From the wire.</summary>
    public static SignedExperiment ToSigned(this Wire.AuthorSeal message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(message.Text, message.Signature.ToByteArray(), message.Certificate.ToByteArray());
    }
}
