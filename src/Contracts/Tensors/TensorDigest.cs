using System.Globalization;

namespace Actors.Contracts.Tensors;

/// <summary>
/// The XxHash128 of a run of tensor bytes or of a manifest: its name in the store and the check of its transport. It finds
/// accidents; forgery is kept out by the authenticated channel. Written as 32 lower-case hexadecimal digits.
/// </summary>
public readonly record struct TensorDigest(UInt128 Value)
{
    /// <summary>The length of the text form in characters.</summary>
    public const int TextLength = 32;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not 32 hexadecimal digits.</exception>
    public static TensorDigest Parse(string text) =>
        TryParse(text, out var digest)
            ? digest
            : throw new FormatException($"'{text}' is no tensor digest: write {TextLength} hexadecimal digits.");

    /// <summary>Reads what <see cref="ToString"/> wrote, or says that it cannot.</summary>
    public static bool TryParse(string? text, out TensorDigest digest)
    {
        var read = UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
            && text!.Length == TextLength;
        digest = new(value);
        return read;
    }

    /// <inheritdoc/>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
