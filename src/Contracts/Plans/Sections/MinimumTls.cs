namespace Actors.Contracts.Plans;

/// <summary>The lowest version of TLS that a connection may use.</summary>
public enum MinimumTls
{
    /// <summary>TLS 1.2 or 1.3, for clients that know no better.</summary>
    Tls12,

    /// <summary>TLS 1.3 only.</summary>
    Tls13,
}
