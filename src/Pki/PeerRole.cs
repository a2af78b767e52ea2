namespace Actors.Pki;

/// <summary>Whom a certificate is made for.</summary>
public enum PeerRole
{
    /// <summary>The server end: extended key usage serverAuth, named by its host name.</summary>
    Aggregator,

    /// <summary>The client end: extended key usage clientAuth, named by its label.</summary>
    Collaborator,

    /// <summary>Somebody who may give a long-lived federation experiments to run: clientAuth, and a usage of our own beside it.</summary>
    Operator,
}
