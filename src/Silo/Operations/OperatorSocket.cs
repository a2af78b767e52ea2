using System.Net.Sockets;

using Grpc.Core;

using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Actors.Silo.Operations;

/// <summary>The socket on which the operator's commands come: a file that only the user who runs the aggregator can open.</summary>
internal static class OperatorSocket
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Listens at a path; its folder is made for the owner alone.</summary>
    /// <exception cref="IOException">Another aggregator listens there.</exception>
    public static void Listen(KestrelServerOptions kestrel, string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly);
            if ((File.GetUnixFileMode(folder) & ~OwnerOnly) != 0)
            {
                throw new IOException($"The folder {folder} is open to other users of this machine, and whoever reaches it could stop the aggregator. Run: chmod 700 {folder}");
            }
        }

        RemoveLeftover(path);
        kestrel.ListenUnixSocket(path, listen => listen.Protocols = HttpProtocols.Http2);
    }

    /// <summary>Whether a call came by such a socket: whatever comes by the network has an address.</summary>
    public static bool Carries(ServerCallContext context) => context.GetHttpContext().Connection.RemoteIpAddress is null;

    // A process that was killed leaves its file behind, and nobody answers there.
    private static void RemoveLeftover(string path)
    {
        if (!File.Exists(path))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException)
        {
            File.Delete(path);
            return;
        }

        throw new IOException($"An aggregator runs in this workspace already: it answers at {path}. Stop it first, or look at it with: fx status");
    }
}
