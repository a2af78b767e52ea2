using System.Diagnostics.CodeAnalysis;

namespace Actors.Contracts.Federations;

/// <summary>What became of looking at a signature.</summary>
/// <param name="Digests">What was signed; null when it is refused.</param>
/// <param name="Author">The author's name; null when it is refused.</param>
/// <param name="Problem">Why it is refused, as a sentence with the remedy; null when it holds.</param>
public sealed record SignatureVerdict(ExperimentDigests? Digests, string? Author, string? Problem)
{
    /// <summary>Whether a trusted author signed it.</summary>
    [MemberNotNullWhen(true, nameof(Digests), nameof(Author))]
    public bool Holds => Problem is null;

    internal static SignatureVerdict Refused(string problem) => new(null, null, problem);
}
