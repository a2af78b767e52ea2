namespace Actors.Pki;

/// <summary>What can be said of a peer's certificate; the list is closed.</summary>
public enum TrustOutcome
{
    Trusted,

    /// <summary>The peer presented none.</summary>
    NoCertificate,

    /// <summary>It, or an authority above it, is past its end.</summary>
    Expired,

    /// <summary>It, or an authority above it, has not begun; often a wrong clock.</summary>
    NotYetValid,

    /// <summary>It does not lead to a root of the trusted bundle.</summary>
    ForeignAuthority,

    /// <summary>It is made for the other role, or for no role at all, or is an authority's own.</summary>
    WrongUsage,

    /// <summary>Its key or signature, or that of an authority above it, is too weak.</summary>
    WeakKey,

    /// <summary>It, or an authority above it, is on the revocation list.</summary>
    Revoked,
}
