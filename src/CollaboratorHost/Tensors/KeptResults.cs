using System.Globalization;

using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;

using Google.Protobuf;

using Wire = Actors.Contracts.Wire;

namespace Actors.CollaboratorHost.Tensors;

/// <summary>
/// The reports of tasks that ran in the current round, on disk, so that neither a broken connection nor the death of this
/// process costs a training. A report belongs to the model it started from: an aggregator that begins anew with the same
/// names gets nothing of the experiment it has forgotten.
/// </summary>
internal sealed class KeptResults(string folder, LocalTensorStore tensors)
{
    private const string Suffix = ".report";

    /// <summary>Keeps a report. Its bytes must be in the store already: a report that exists is one that can be sent.</summary>
    public void Keep(RoundId round, TensorDigest startedFrom, Wire.ResultReport report)
    {
        var path = PathOf(round, startedFrom, report.Task);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var scratch = path + ".scratch";
        using (var file = new FileStream(scratch, FileMode.Create))
        {
            report.WriteTo(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(scratch, path, overwrite: true);
    }

    /// <summary>The report of a task, if it was kept and all its bytes are here.</summary>
    public Wire.ResultReport? Find(RoundId round, TensorDigest startedFrom, string task)
    {
        var path = PathOf(round, startedFrom, task);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            var report = Wire.ResultReport.Parser.ParseFrom(File.ReadAllBytes(path));
            return report.Bundles.All(HasBytes) ? report : null;
        }
        catch (InvalidProtocolBufferException)
        {
            // A machine that lost its power in the middle of a write: the task runs again.
            return null;
        }
    }

    /// <summary>The tasks of a round whose reports can be sent.</summary>
    public IReadOnlySet<string> TasksOf(RoundId round, TensorDigest startedFrom) =>
        Reports(FolderOf(round, startedFrom))
            .Select(path => Path.GetFileName(path)[..^Suffix.Length])
            .Where(task => Find(round, startedFrom, task) is not null)
            .ToHashSet(StringComparer.Ordinal);

    /// <summary>The digests of all bytes that a round's reports name.</summary>
    public IEnumerable<TensorDigest> DigestsOf(RoundId round, TensorDigest startedFrom) =>
        TasksOf(round, startedFrom)
            .Select(task => Find(round, startedFrom, task)!)
            .SelectMany(report => report.Bundles)
            .SelectMany(bundle => (string[])[bundle.Bundle.Digest, bundle.Bundle.TravellingDigest])
            .Select(TensorDigest.Parse);

    /// <summary>Forgets one report.</summary>
    public void Drop(RoundId round, TensorDigest startedFrom, string task) => File.Delete(PathOf(round, startedFrom, task));

    /// <summary>Forgets all reports but those of a round.</summary>
    public void DropAllBut(RoundId round, TensorDigest startedFrom) =>
        DeleteAllBut(folder, Path.GetRelativePath(folder, FolderOf(round, startedFrom)).Split(Path.DirectorySeparatorChar));

    /// <summary>Forgets all reports: the experiment is over.</summary>
    public void DropAll() => DeleteAllBut(folder, []);

    // With their folders: one is made each round, and a federation has rounds for years.
    private static void DeleteAllBut(string folder, ReadOnlySpan<string> path)
    {
        foreach (var found in Directory.Exists(folder) ? Directory.GetDirectories(folder) : [])
        {
            if (path is [var kept, .. var rest] && Path.GetFileName(found) == kept)
            {
                if (!rest.IsEmpty)
                {
                    DeleteAllBut(found, rest);
                }
            }
            else
            {
                Directory.Delete(found, recursive: true);
            }
        }
    }

    private static IEnumerable<string> Reports(string folder) =>
        Directory.Exists(folder) ? Directory.EnumerateFiles(folder, "*" + Suffix) : [];

    private bool HasBytes(Wire.ReportedBundle reported) =>
        Holds(reported.Bundle.Digest, reported.Bundle.ByteLength)
        && Holds(reported.Bundle.TravellingDigest, reported.Bundle.TravellingLength);

    private bool Holds(string text, long length) => TensorDigest.TryParse(text, out var digest) && tensors.Holds(digest, length);

    private string FolderOf(RoundId round, TensorDigest startedFrom) => Path.Combine(
        folder,
        round.Experiment.Federation.Value,
        round.Experiment.Name,
        string.Create(CultureInfo.InvariantCulture, $"{round.Number}-{startedFrom}"));

    private string PathOf(RoundId round, TensorDigest startedFrom, string task) =>
        Path.Combine(FolderOf(round, startedFrom), new TaskId(round, task).Task + Suffix);
}
