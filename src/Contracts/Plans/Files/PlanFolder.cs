using System.Text;

namespace Actors.Contracts.Plans;

/// <summary>The files of a workspace's plan folder, and how they are read and written.</summary>
internal static class PlanFolder
{
    public const string Plan = "plan/plan.yaml";
    public const string Collaborators = "plan/cols.yaml";
    public const string Data = "plan/data.yaml";

    /// <summary>The text of a file; null when it is absent or cannot be read.</summary>
    public static string? Read(string workspace, string path)
    {
        try
        {
            return File.ReadAllText(Path.Combine(workspace, path.Replace('\\', '/')));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Writes a file whole or not at all: to a neighbour, to the disk, then by rename.</summary>
    /// <param name="path">The full path; its folder is made when it is missing.</param>
    /// <param name="text">The text, written as UTF-8.</param>
    /// <param name="isReadOnly">Whether nobody but the owner may read it, and nobody write it.</param>
    /// <exception cref="IOException">The disk refuses.</exception>
    public static void Write(string path, string text, bool isReadOnly = false)
    {
        AtomicFile.Write(path, stream =>
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            if (isReadOnly && !OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(stream.SafeFileHandle, UnixFileMode.UserRead);
            }
        });
        if (isReadOnly && OperatingSystem.IsWindows())
        {
            File.SetAttributes(path, FileAttributes.ReadOnly);
        }
    }
}
