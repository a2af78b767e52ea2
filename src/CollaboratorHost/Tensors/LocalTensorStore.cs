using Actors.Contracts.Tensors;

namespace Actors.CollaboratorHost.Tensors;

/// <summary>
/// The tensor bytes a collaborator has, one file a digest. A file appears under its digest by a rename, when it is whole, and
/// never changes. For one process at a time.
/// </summary>
internal sealed class LocalTensorStore
{
    private const string PartialSuffix = ".partial";
    private const string ScratchName = "result.scratch";

    private readonly string _folder;
    private readonly SpareFiles _spares;

    /// <summary>Opens the store in a folder, which is made when missing.</summary>
    public LocalTensorStore(string folder)
    {
        _folder = Directory.CreateDirectory(folder).FullName;
        _spares = new(Path.Combine(_folder, "spare"), TimeProvider.System);
    }

    /// <summary>A place to write bytes whose digest is not known yet; <see cref="Adopt"/> gives them their name.</summary>
    public string ScratchPath => Path.Combine(_folder, ScratchName);

    /// <summary>Where the bytes with a digest lie, or would lie.</summary>
    public string PathOf(TensorDigest digest) => Path.Combine(_folder, digest.ToString());

    /// <summary>Whether all the bytes are here.</summary>
    public bool Holds(TensorDigest digest, long byteLength) =>
        new FileInfo(PathOf(digest)) is { Exists: true } file && file.Length == byteLength;

    /// <summary>Opens bytes that are to be downloaded, at the end of what is here already; the caller disposes it.</summary>
    public PartialTensor OpenPartial(TensorDigest digest, long byteLength) =>
        new(PathOf(digest) + PartialSuffix, PathOf(digest), digest, byteLength, _spares);

    /// <summary>Gives what was written to <see cref="ScratchPath"/> its name.</summary>
    public void Adopt(TensorDigest digest) => File.Move(ScratchPath, PathOf(digest), overwrite: true);

    /// <summary>Whether the bytes here still have the digest they are named by; they are removed when not.</summary>
    public async Task<bool> VerifyAsync(TensorDigest digest, CancellationToken cancellationToken)
    {
        if (!File.Exists(PathOf(digest)))
        {
            return false;
        }

        var intact = await TensorFile.DigestAsync(PathOf(digest), cancellationToken) == digest;
        if (!intact)
        {
            Remove(digest);
        }

        return intact;
    }

    /// <summary>Removes the bytes with a digest, if they are here.</summary>
    public void Remove(TensorDigest digest) => File.Delete(PathOf(digest));

    /// <summary>Removes everything but these, half downloads of others included; the next download may be written over it.</summary>
    public void KeepOnly(IReadOnlySet<TensorDigest> wanted)
    {
        foreach (var path in Directory.EnumerateFiles(_folder))
        {
            var name = Path.GetFileName(path).Replace(GrowingFile.MarkSuffix, "", StringComparison.Ordinal);
            var stem = name.EndsWith(PartialSuffix, StringComparison.Ordinal) ? name[..^PartialSuffix.Length] : name;
            if (!TensorDigest.TryParse(stem, out var digest) || !wanted.Contains(digest))
            {
                _spares.Add(path);
            }
        }
    }
}
