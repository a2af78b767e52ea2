using System.Security.Cryptography;

namespace Actors.Contracts.Workspaces;

/// <summary>The SHA-384 of a file. Written as 96 lower-case hexadecimal digits.</summary>
public readonly record struct FileDigest
{
    /// <summary>The length of the text form in characters.</summary>
    public const int TextLength = 2 * SHA384.HashSizeInBytes;

    private readonly string? _text;

    private FileDigest(string text) => _text = text;

    /// <summary>The digest of bytes that are all at hand.</summary>
    public static FileDigest Of(ReadOnlySpan<byte> bytes) => FromHash(SHA384.HashData(bytes));

    /// <summary>The digest of the rest of a stream, read in pieces.</summary>
    public static FileDigest Of(Stream stream) => FromHash(SHA384.HashData(stream));

    /// <summary>The digest from the 48 bytes of a hash.</summary>
    /// <exception cref="ArgumentException">There are more or fewer bytes.</exception>
    public static FileDigest FromHash(ReadOnlySpan<byte> hash) =>
        hash.Length == SHA384.HashSizeInBytes
            ? new(Convert.ToHexStringLower(hash))
            : throw new ArgumentException($"A SHA-384 has {SHA384.HashSizeInBytes} bytes, not {hash.Length}.", nameof(hash));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not 96 lower-case hexadecimal digits.</exception>
    public static FileDigest Parse(string? text) =>
        text is { Length: TextLength } && text.All(char.IsAsciiHexDigitLower)
            ? new(text)
            : throw new FormatException($"'{text}' is no file digest: write {TextLength} lower-case hexadecimal digits.");

    /// <inheritdoc/>
    public override string ToString() => _text ?? new string('0', TextLength);
}
