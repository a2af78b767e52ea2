namespace Actors.Pki;

/// <summary>The answer to "may this peer in?".</summary>
/// <param name="Outcome">One of a closed list.</param>
/// <param name="Sentence">
/// For the operator's log: names the certificate, the problem and the remedy, on one line. Do not send it to the peer.
/// </param>
public sealed record TrustVerdict(TrustOutcome Outcome, string Sentence)
{
    public bool IsTrusted => Outcome == TrustOutcome.Trusted;
}
