namespace Actors.Pki;

/// <summary>The keys this module makes. Signatures are made with SHA-384 in all cases.</summary>
public enum KeyAlgorithm
{
    /// <summary>ECDSA on the curve secp384r1; the default.</summary>
    EcdsaP384,

    /// <summary>
    /// ECDSA on the curve secp256r1, for an aggregator alone: as strong as RSA 3072, and signs its handshakes many times faster than
    /// either of the others.
    /// </summary>
    EcdsaP256,

    /// <summary>RSA with a modulus of 3072 bits and the exponent 65537.</summary>
    Rsa3072,
}
