using System.IO.Compression;
using System.Runtime.InteropServices;

using Google.Protobuf;

namespace Actors.Silo.OpenFl.Tests;

/// <summary>Packs numbers as the original's lossy pipelines do.</summary>
internal static class Gzip
{
    public static ByteString Of(float[] numbers)
    {
        using var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            zip.Write(MemoryMarshal.AsBytes<float>(numbers));
        }

        return ByteString.CopyFrom(packed.ToArray());
    }
}
