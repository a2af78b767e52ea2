namespace Actors.Pki;

/// <summary>A node was to show who it is with a certificate that names another.</summary>
public sealed class IdentityNameException(string message) : PkiException(message);
