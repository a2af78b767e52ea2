using Actors.Contracts.Federations;
using Actors.Grains.Queue;

namespace Actors.Silo.Federations;

/// <summary>
/// An experiment's files: what was submitted, named after its digest, and what it comes to. Nothing else is kept of one that waits or is over but a
/// few lines in the database.
/// </summary>
internal sealed class SubmissionFolder
{
    private const int DigestPart = 16;
    private const string Arriving = ".arriving-";

    /// <summary>The folder of a submission; nothing is read or made.</summary>
    public SubmissionFolder(string experiments, string name, string digest)
        : this(Path.Combine(experiments, $"{name}.{digest[..DigestPart]}"))
    {
    }

    /// <summary>The folder of a submission; nothing is read or made.</summary>
    public SubmissionFolder(string experiments, Submission submission)
        : this(experiments, submission.Name, submission.Digest)
    {
    }

    private SubmissionFolder(string root) => Root = root;

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>The workspace's archive.</summary>
    public string Archive => In("workspace.zip");

    /// <summary>The initial model.</summary>
    public string Model => In("initial.pbuf");

    /// <summary>The results.</summary>
    public ExperimentFilePaths Results => new(In("last.pbuf"), In("best.pbuf"), In("metrics.jsonl"));

    /// <summary>What its author signed.</summary>
    public SealFiles Seal => new(Root);

    /// <summary>How many bytes of archive and model have arrived; 0 when there is no folder.</summary>
    public long ArrivedBytes => new[] { Archive, Model }.Where(File.Exists).Sum(path => new FileInfo(path).Length);

    /// <summary>The folder for what is arriving of a submission; nothing is read or made.</summary>
    public static SubmissionFolder ForArrival(string experiments, string digest) => new(Path.Combine(experiments, $"{Arriving}{digest[..DigestPart]}"));

    /// <summary>Deletes what was arriving and was not gone on with since a moment.</summary>
    public static void ForgetArrivals(string experiments, DateTimeOffset before)
    {
        foreach (var folder in Directory.CreateDirectory(experiments).GetDirectories($"{Arriving}*"))
        {
            if (folder.EnumerateFiles().Select(file => file.LastWriteTimeUtc).Append(folder.LastWriteTimeUtc).Max() < before.UtcDateTime)
            {
                folder.Delete(recursive: true);
            }
        }
    }

    /// <summary>Puts what has arrived in its place; a folder that an earlier attempt left there makes way.</summary>
    public void MoveTo(SubmissionFolder place)
    {
        place.Delete();
        Directory.Move(Root, place.Root);
    }

    /// <summary>Deletes the folder with all that is in it, if it is there.</summary>
    public void Delete()
    {
        if (Directory.Exists(Root))
        {
            Directory.Delete(Root, recursive: true);
        }
    }

    private string In(string file) => Path.Combine(Root, file);
}
