using System.Globalization;

using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;

namespace Actors.CollaboratorHost.Tensors;

/// <summary>
/// Tensor files that each round makes anew from those before it, named by round and digest. Those of the newest round and of the one before
/// are kept, so that a round's work that is done again starts from the same.
/// </summary>
/// <param name="folder">Where they are kept; made when there are any.</param>
/// <param name="suffix">The end of their names.</param>
internal sealed class RoundFiles(string folder, string suffix)
{
    /// <summary>The digest in a file's name.</summary>
    public static TensorDigest DigestIn(string path) => TensorDigest.Parse(Path.GetFileName(path).Split('.')[1]);

    /// <summary>A file whose bytes have the digest in its name; null when there is none, or it was damaged and is removed now.</summary>
    public static async Task<string?> WholeAsync(string? path, CancellationToken cancellationToken)
    {
        if (path is null || await TensorFile.DigestAsync(path, cancellationToken) == DigestIn(path))
        {
            return path;
        }

        File.Delete(path);
        return null;
    }

    /// <summary>A round's file; null when there is none.</summary>
    public string? Of(RoundId round) => Files(round).FirstOrDefault(file => file.Round == round.Number).Path;

    /// <summary>The newest file of the rounds before one; null when there is none.</summary>
    public string? Before(RoundId round) =>
        Files(round).Where(file => file.Round < round.Number).OrderByDescending(file => file.Round).FirstOrDefault().Path;

    /// <summary>Removes the files of all rounds of the experiment but some.</summary>
    /// <param name="round">A round of the experiment.</param>
    /// <param name="isKept">Whether a round's is kept.</param>
    public void KeepOnly(RoundId round, Func<int, bool> isKept)
    {
        foreach (var file in Files(round).Where(file => !isKept(file.Round)).ToList())
        {
            File.Delete(file.Path);
        }
    }

    /// <summary>Where a round's file is to be written.</summary>
    public string ScratchOf(RoundId round) => Path.Combine(Directory.CreateDirectory(FolderOf(round)).FullName, "scratch");

    /// <summary>Gives what was written there its name, and removes what is not needed any more.</summary>
    public void Adopt(RoundId round, TensorDigest digest)
    {
        var older = Files(round).Where(file => file.Round == round.Number).ToList();
        File.Move(
            ScratchOf(round),
            Path.Combine(FolderOf(round), string.Create(CultureInfo.InvariantCulture, $"{round.Number}.{digest}{suffix}")),
            overwrite: true);
        var before = Files(round).Where(file => file.Round < round.Number).OrderByDescending(file => file.Round).Skip(1);
        foreach (var file in older.Where(file => DigestIn(file.Path) != digest).Concat(before))
        {
            File.Delete(file.Path);
        }
    }

    private IEnumerable<(int Round, string Path)> Files(RoundId round) => Directory.Exists(FolderOf(round))
        ? Directory.EnumerateFiles(FolderOf(round), "*" + suffix).Select(path => (
            int.Parse(Path.GetFileName(path).Split('.')[0], CultureInfo.InvariantCulture), path))
        : [];

    private string FolderOf(RoundId round) => Path.Combine(folder, round.Experiment.Federation.Value, round.Experiment.Name);
}
