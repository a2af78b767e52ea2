using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Actors.Silo.Transport;

/// <summary>
/// The buffers that OpenSSL has for a connection: two of 16 KiB that it keeps unless it is told to give them back when they are empty, and two at
/// its mouth, in which the platform hands it records, that stay as large as the largest record was. Together they are most of what a
/// connection takes on which nothing is said. The platform has no setting for either, so this looks for OpenSSL's own handle. Where it
/// finds none, connections take more memory, and nothing else changes.
/// </summary>
internal sealed partial class TlsBuffers
{
    private const int ControlMode = 33;
    private const nint ReleaseBuffers = 0x10;
    private const int MemoryBio = 1025;
    private const int ControlPending = 10;
    private const int ControlSetBuffer = 114;
    private const int ControlGetBuffer = 115;
    private const int BioClose = 1;

    // A buffer up to here is not worth the calls.
    private const nuint SmallBytes = 2 << 10;

    private static readonly FieldInfo? Context = FindContext();
    private static readonly PropertyInfo? Turn = typeof(SslStream).GetProperty("_handshakeLock", BindingFlags.NonPublic | BindingFlags.Instance);

    private readonly SafeHandle _ssl;
    private readonly object _turn;

    // The turn is what the platform locks while it has OpenSSL read or write.
    private TlsBuffers(SafeHandle ssl, object turn) => (_ssl, _turn) = (ssl, turn);

    /// <summary>Those of a connection whose handshake is done; null where they are out of reach.</summary>
    public static TlsBuffers? Of(SslStream tls) =>
        Context?.GetValue(tls) is SafeHandle { IsInvalid: false } ssl && ssl.GetType().Name == "SafeSslHandle" && Turn?.GetValue(tls) is { } turn
            ? new(ssl, turn)
            : null;

    /// <summary>Has OpenSSL give its own two back whenever nothing is in them.</summary>
    /// <returns>Whether it will.</returns>
    public bool ReleaseWhenIdle() => With(ssl => (Control(ssl, ControlMode, ReleaseBuffers, 0) & ReleaseBuffers) != 0);

    /// <summary>Gives the two at its mouth back if nothing is in them. Harmless at any time.</summary>
    /// <returns>How many bytes they had.</returns>
    public long GiveBack() => With(ssl => Empty(ReadBio(ssl)) + Empty(WriteBio(ssl)));

    private static long Empty(nint bio)
    {
        if (bio == 0 || BioType(bio) != MemoryBio || BioControl(bio, ControlPending, 0, 0) != 0)
        {
            return 0;
        }

        if (BioControl(bio, ControlGetBuffer, 0, out var place) <= 0 || Marshal.PtrToStructure<Buffer>(place).Capacity is var capacity && capacity <= SmallBytes)
        {
            return 0;
        }

        // The new one, which has no bytes, is OpenSSL's from here on, and the old one is freed.
        return NewBuffer() is not 0 and var fresh && BioControl(bio, ControlSetBuffer, BioClose, fresh) > 0 ? (long)capacity : 0;
    }

    private T? With<T>(Func<nint, T> act)
    {
        lock (_turn)
        {
            var held = false;
            try
            {
                _ssl.DangerousAddRef(ref held);
                return act(_ssl.DangerousGetHandle());
            }
            catch (ObjectDisposedException)
            {
                return default; // The connection has ended.
            }
            finally
            {
                if (held)
                {
                    _ssl.DangerousRelease();
                }
            }
        }
    }

    // Only where the library that is asked is the one that the platform itself has loaded.
    private static FieldInfo? FindContext() =>
        OperatingSystem.IsLinux() && SafeEvpPKeyHandle.OpenSslVersion >> 28 == 3
            && NativeLibrary.TryLoad("libssl.so.3", out _) && NativeLibrary.TryLoad("libcrypto.so.3", out _)
            ? typeof(SslStream).GetField("_securityContext", BindingFlags.NonPublic | BindingFlags.Instance)
            : null;

    [LibraryImport("libssl.so.3", EntryPoint = "SSL_ctrl")]
    private static partial nint Control(nint ssl, int command, nint argument, nint pointer);

    [LibraryImport("libssl.so.3", EntryPoint = "SSL_get_rbio")]
    private static partial nint ReadBio(nint ssl);

    [LibraryImport("libssl.so.3", EntryPoint = "SSL_get_wbio")]
    private static partial nint WriteBio(nint ssl);

    [LibraryImport("libcrypto.so.3", EntryPoint = "BIO_ctrl")]
    private static partial nint BioControl(nint bio, int command, nint argument, nint pointer);

    [LibraryImport("libcrypto.so.3", EntryPoint = "BIO_ctrl")]
    private static partial nint BioControl(nint bio, int command, nint argument, out nint pointer);

    [LibraryImport("libcrypto.so.3", EntryPoint = "BIO_method_type")]
    private static partial int BioType(nint bio);

    [LibraryImport("libcrypto.so.3", EntryPoint = "BUF_MEM_new")]
    private static partial nint NewBuffer();

    // BUF_MEM of <openssl/buffer.h>.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Buffer
    {
        public readonly nuint Length;
        public readonly nint Data;
        public readonly nuint Capacity;
        public readonly nuint Flags;
    }
}
