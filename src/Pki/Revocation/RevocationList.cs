using System.Collections.Frozen;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.X509;
using X509Certificate = Org.BouncyCastle.X509.X509Certificate;

namespace Actors.Pki;

/// <summary>
/// The revoked certificates of a federation, read from a PEM file of one or more signed lists. The file is read again when
/// its time stamp or length changes. A later file that cannot be read or is not signed by the chain's authorities changes
/// nothing: the last good list stays in force and <see cref="Problem"/> says why. Safe for concurrent use.
/// </summary>
public sealed class RevocationList
{
    private readonly string _path;
    private readonly List<X509Certificate> _chain;
    private readonly TimeProvider _clock;
    private readonly Lock _reading = new();
    private volatile Content _content;
    private volatile string? _readProblem;
    private (DateTime Written, long Length) _stamp;

    /// <summary>Reads both files.</summary>
    /// <exception cref="PkiException">Either cannot be read, or the list is not signed by an authority of the chain.</exception>
    public RevocationList(string path, string chainPath, TimeProvider clock)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(chainPath);
        ArgumentNullException.ThrowIfNull(clock);
        _path = path;
        _clock = clock;
        _chain = CertificatePem.ReadAll(chainPath);
        _stamp = Stamp();
        _content = Load();
    }

    /// <summary>The list, where there is one: an authority has it from its first day, another node only when its operator puts it there.</summary>
    /// <exception cref="PkiException">See the constructor.</exception>
    public static RevocationList? ReadIfThere(string path, string chainPath, TimeProvider clock) =>
        File.Exists(path) ? new(path, chainPath, clock) : null;

    /// <summary>Why the file should be looked at, for an operator: not readable, or past its own date. Null when all is well.</summary>
    public string? Problem => _readProblem ?? (_content.NextUpdate is { } due && due < _clock.GetUtcNow()
        ? $"The revocation list {_path} should have been replaced by {Printable.Of(due)}; ask the authority for a new one."
        : null);

    /// <summary>How many certificates the list in force names.</summary>
    public int Count
    {
        get
        {
            Refresh();
            return _content.Revoked.Count;
        }
    }

    /// <summary>Looks at the file first; no error of the file is thrown here.</summary>
    public bool IsRevoked(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return IsRevoked(CertificateId.Of(certificate));
    }

    internal bool IsRevoked(CertificateId certificate)
    {
        Refresh();
        return _content.Revoked.Contains(certificate);
    }

    private void Refresh()
    {
        lock (_reading)
        {
            var stamp = Stamp();
            if (stamp == _stamp)
            {
                return;
            }

            // Stamped before reading: a change during the read is seen at the next call.
            _stamp = stamp;
            try
            {
                _content = Load();
                _readProblem = null;
            }
            catch (PkiException cause)
            {
                _readProblem = cause.Message;
            }
        }
    }

    private (DateTime Written, long Length) Stamp()
    {
        var file = new FileInfo(_path);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }

    private Content Load()
    {
        var lists = CrlPem.Read(WorkspaceFile.Read(_path), _path, _chain);
        var revoked = lists.SelectMany(Entries).ToFrozenSet();
        var due = lists.Where(list => list.NextUpdate is not null).Select(list => list.NextUpdate!.Value).ToList();
        return new Content(revoked, due.Count > 0 ? new DateTimeOffset(due.Min()) : null);
    }

    private static IEnumerable<CertificateId> Entries(X509Crl list)
    {
        var issuer = CertificateId.Normalize(new X500DistinguishedName(list.IssuerDN.GetEncoded()));
        return (list.GetRevokedCertificates() ?? new HashSet<X509CrlEntry>())
            .Select(entry => new CertificateId(issuer, CertificateSerial.Of(entry.SerialNumber)));
    }

    private sealed record Content(FrozenSet<CertificateId> Revoked, DateTimeOffset? NextUpdate);
}
