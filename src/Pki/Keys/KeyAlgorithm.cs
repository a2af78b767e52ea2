namespace Actors.Pki;

/// <summary>The keys this module makes. Signatures are made with SHA-384 in both cases.</summary>
public enum KeyAlgorithm
{
    /// <summary>ECDSA on the curve secp384r1; the default.</summary>
    EcdsaP384,

    /// <summary>RSA with a modulus of 3072 bits and the exponent 65537.</summary>
    Rsa3072,
}
