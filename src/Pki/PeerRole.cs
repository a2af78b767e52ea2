namespace Actors.Pki;

/// <summary>Which end of the mutual TLS wire a certificate is made for.</summary>
public enum PeerRole
{
    /// <summary>The server end: extended key usage serverAuth, named by its host name.</summary>
    Aggregator,

    /// <summary>The client end: extended key usage clientAuth, named by its label.</summary>
    Collaborator,
}
