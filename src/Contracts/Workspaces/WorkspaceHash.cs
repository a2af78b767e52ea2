using System.Security.Cryptography;
using System.Text;

namespace Actors.Contracts.Workspaces;

/// <summary>
/// What everybody in an experiment agrees on when they agree on its code: the SHA-384 over the workspace's files. Written as 96
/// lower-case hexadecimal digits.
/// </summary>
/// <remarks>
/// The hashed text has one line a file, sorted by path: digest, two spaces, path, line feed. It is what <c>sha384sum</c> prints,
/// so that the hash can be checked without this program.
/// </remarks>
public readonly record struct WorkspaceHash
{
    private readonly FileDigest _digest;

    private WorkspaceHash(FileDigest digest) => _digest = digest;

    /// <summary>The hash of a list of files, which may come in any order.</summary>
    public static WorkspaceHash Of(IEnumerable<WorkspaceFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA384);
        foreach (var file in files.OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{file.Digest}  {file.Path}\n"));
        }

        return new(FileDigest.FromHash(hash.GetHashAndReset()));
    }

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not 96 lower-case hexadecimal digits.</exception>
    public static WorkspaceHash Parse(string? text)
    {
        try
        {
            return new(FileDigest.Parse(text));
        }
        catch (FormatException)
        {
            throw new FormatException($"'{text}' is no workspace hash: write {FileDigest.TextLength} lower-case hexadecimal digits.");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => _digest.ToString();
}
