using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Actors.Contracts.Plans;

/// <summary>The SHA-384 of a plan's canonical text: two parties with the same hash have agreed on the same plan.</summary>
/// <remarks>What changes the hash and what does not is said at <see cref="CanonicalPlan"/>. The default value is no hash.</remarks>
public readonly record struct PlanHash
{
    private const int HexLength = SHA384.HashSizeInBytes * 2;
    private const int ShortLength = 8;

    private readonly string? _hex;

    private PlanHash(string hex) => _hex = hex;

    /// <summary>The first 8 hex digits, as in the name of a frozen plan; empty for the default value.</summary>
#pragma warning disable CA1720 // It is the short form of a hash, not a 16-bit number.
    public string Short => _hex?[..ShortLength] ?? "";
#pragma warning restore CA1720

    /// <summary>The hash of a merged plan.</summary>
    public static PlanHash Of(PlanDocument document) => OfCanonical(CanonicalPlan.Of(document));

    /// <summary>The hash of a text that <see cref="CanonicalPlan"/> made.</summary>
    public static PlanHash OfCanonical(string canonical)
    {
        ArgumentNullException.ThrowIfNull(canonical);
        return new PlanHash(Convert.ToHexStringLower(SHA384.HashData(Encoding.UTF8.GetBytes(canonical))));
    }

    /// <summary>Reads 96 hex digits of either case, as <see cref="ToString"/> prints them.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static PlanHash Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var hash)
            ? hash
            : throw new FormatException($"A plan hash is {HexLength} hex digits, not {PlanYaml.Quoted(text)}.");
    }

    /// <summary>As <see cref="Parse"/>, with false instead of an exception.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out PlanHash hash)
    {
        var isHash = text is { Length: HexLength } && text.All(char.IsAsciiHexDigit);
        hash = isHash ? new PlanHash(text!.ToLowerInvariant()) : default;
        return isHash;
    }

    /// <summary>96 lower-case hex digits; empty for the default value.</summary>
    public override string ToString() => _hex ?? "";
}
