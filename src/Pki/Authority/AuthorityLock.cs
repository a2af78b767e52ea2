namespace Actors.Pki;

/// <summary>
/// Holds the authority's folder for one change at a time, across processes: two operators who revoke at once would
/// otherwise publish lists that each miss the other's entry.
/// </summary>
internal static class AuthorityLock
{
    public static FileStream Take(CertificateFolder folder)
    {
        try
        {
            WorkspaceFile.CreateFolder(Path.GetDirectoryName(folder.AuthorityLock)!);
            return new FileStream(
                folder.AuthorityLock,
                WorkspaceFile.NewFile(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, ownerOnly: true));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new PkiException(
                $"The certificate authority in {folder.Root} is in use or not writable ({cause.Message}); "
                + "wait for the other command to end, or check the folder's permissions, and try again.",
                cause);
        }
    }
}
