using System.Security.Cryptography;
using System.Text;

namespace Actors.Pki;

internal static class Pem
{
    /// <summary>ASCII bytes with line feeds and one at the end, whatever the platform, so that fingerprints agree.</summary>
    public static byte[] Encode(string label, byte[] der) => Encoding.ASCII.GetBytes(PemEncoding.WriteString(label, der) + "\n");

    /// <summary>The one block of a PEM text; <paramref name="source"/> is only named in the message.</summary>
    /// <exception cref="PkiException">There is no block, more than one, or one with another label.</exception>
    public static byte[] DecodeSingle(byte[] pem, string source, string label)
    {
        var blocks = Decode(pem, label).Take(2).ToList();
        return blocks.Count == 1
            ? blocks[0]
            : throw new PkiException(
                $"{source} should hold exactly one PEM block '{label}' but holds {(blocks.Count == 0 ? "none" : "several")}; "
                + "make the file again or ask its sender for the right one.");
    }

    /// <summary>Every block with this label, in order; other blocks are passed over.</summary>
    public static IEnumerable<byte[]> Decode(byte[] pem, string label)
    {
        var rest = Encoding.ASCII.GetString(pem);
        while (PemEncoding.TryFind(rest, out var block))
        {
            if (rest[block.Label] == label)
            {
                yield return Convert.FromBase64String(rest[block.Base64Data]);
            }

            rest = rest[block.Location.End..];
        }
    }
}
