using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Actors.Silo.Transport;

/// <summary>
/// OpenSSL keeps two buffers of 16 KiB for each connection, a third of what an idle one takes, unless it is told to give them back when they are
/// empty. The platform does not tell it and has no setting for it, so this looks for OpenSSL's own handle. Where it finds none,
/// connections take more memory, and nothing else changes.
/// </summary>
internal static partial class TlsBuffers
{
    private const int ControlMode = 33;
    private const nint ReleaseBuffers = 0x10;

    private static readonly FieldInfo? Context = FindContext();

    /// <summary>Has the buffers given back whenever nothing is in them.</summary>
    /// <param name="tls">A connection whose handshake is done.</param>
    /// <returns>Whether OpenSSL will.</returns>
    public static bool ReleaseWhenIdle(SslStream tls)
    {
        if (Context?.GetValue(tls) is not SafeHandle { IsInvalid: false } ssl || ssl.GetType().Name != "SafeSslHandle")
        {
            return false;
        }

        var held = false;
        try
        {
            ssl.DangerousAddRef(ref held);
            return (Control(ssl.DangerousGetHandle(), ControlMode, ReleaseBuffers, 0) & ReleaseBuffers) != 0;
        }
        finally
        {
            if (held)
            {
                ssl.DangerousRelease();
            }
        }
    }

    // Only where the library that is asked is the one that the platform itself has loaded.
    private static FieldInfo? FindContext() =>
        OperatingSystem.IsLinux() && SafeEvpPKeyHandle.OpenSslVersion >> 28 == 3 && NativeLibrary.TryLoad("libssl.so.3", out _)
            ? typeof(SslStream).GetField("_securityContext", BindingFlags.NonPublic | BindingFlags.Instance)
            : null;

    [LibraryImport("libssl.so.3", EntryPoint = "SSL_ctrl")]
    private static partial nint Control(nint ssl, int command, nint argument, nint pointer);
}
