using Actors.Contracts.Identity;
using Actors.Contracts.Workspaces;

namespace Actors.Contracts.Federations;

/// <summary>
/// What the author of an experiment signs: its name, and the digests of the workspace's archive and of the initial model.
/// </summary>
/// <remarks>
/// The text is what <c>sha384sum NAME.zip NAME.pbuf</c> prints, so that it can be checked without this program:
/// <c>sha384sum -c</c> compares the files, <c>openssl dgst -sha384 -verify</c> the signature.
/// </remarks>
public sealed record ExperimentDigests
{
    private const string ArchiveEnding = ".zip";
    private const string ModelEnding = ".pbuf";

    /// <summary>Puts them together.</summary>
    /// <exception cref="ArgumentException">The name breaks <see cref="IdentifierRule"/>.</exception>
    public ExperimentDigests(string name, FileDigest archive, FileDigest model) =>
        (Name, Archive, Model) = (IdentifierRule.Require(name, "experiment"), archive, model);

    /// <summary>The experiment's name.</summary>
    public string Name { get; }

    /// <summary>The digest of the workspace's archive.</summary>
    public FileDigest Archive { get; }

    /// <summary>The digest of the initial model's file.</summary>
    public FileDigest Model { get; }

    /// <summary>The digests of two files.</summary>
    public static ExperimentDigests Of(string name, string archive, string model) => new(name, DigestOf(archive), DigestOf(model));

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is another text.</exception>
    public static ExperimentDigests Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        const int Name = FileDigest.TextLength + 2;
        if (text.Split('\n') is [{ Length: > Name + 4 } archive, { Length: > Name } model, ""]
            && archive.EndsWith(ArchiveEnding, StringComparison.Ordinal)
            && IdentifierRule.Allows(archive[Name..^ArchiveEnding.Length]))
        {
            var digests = new ExperimentDigests(
                archive[Name..^ArchiveEnding.Length], FileDigest.Parse(archive[..FileDigest.TextLength]), FileDigest.Parse(model[..FileDigest.TextLength]));
            if (digests.ToString() == text)
            {
                return digests;
            }
        }

        throw new FormatException("The signed text is not the digests of NAME.zip and NAME.pbuf, as sha384sum prints them.");
    }

    /// <summary>The digest of a file that was received, if it is the one that was signed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="signed">What was signed.</param>
    /// <param name="what">The file's name for the message.</param>
    /// <returns>What is wrong; null when it is the same.</returns>
    public static string? ProblemWith(string path, FileDigest signed, string what) => DigestOf(path) is var found && found == signed
        ? null
        : $"{what} is not the one that its author signed: its SHA-384 is {found}, signed was {signed}. Have it sent again.";

    /// <summary>The name of the archive in messages.</summary>
    public string ArchiveName => Name + ArchiveEnding;

    /// <summary>The name of the initial model in messages.</summary>
    public string ModelName => Name + ModelEnding;

    /// <inheritdoc/>
    public override string ToString() => $"{Archive}  {ArchiveName}\n{Model}  {ModelName}\n";

    private static FileDigest DigestOf(string path)
    {
        using var file = File.OpenRead(path);
        return FileDigest.Of(file);
    }
}
