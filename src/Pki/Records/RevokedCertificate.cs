namespace Actors.Pki;

/// <summary>One line of the revocation log. Times are UTC.</summary>
public sealed record RevokedCertificate
{
    public required string Serial { get; init; }

    /// <summary>The name the certificate was signed for.</summary>
    public required string Subject { get; init; }

    public required DateTimeOffset RevokedAt { get; init; }

    /// <summary>SHA-384 of the signing authority's certificate.</summary>
    public required string Authority { get; init; }
}
