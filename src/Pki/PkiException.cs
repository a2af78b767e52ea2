namespace Actors.Pki;

/// <summary>
/// A refusal or a fault of the certificate module. The message names the thing, the value and the remedy, in that order,
/// and is meant to be shown to an operator as it is.
/// </summary>
public class PkiException : Exception
{
    public PkiException(string message)
        : base(message)
    {
    }

    public PkiException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
