namespace Actors.Contracts.Federations;

/// <summary>What an author signed, as files beside an archive: <c>SHA384SUMS</c>, <c>SHA384SUMS.sig</c> and <c>author.cer</c> (DER).</summary>
/// <param name="folder">The folder.</param>
public sealed class SealFiles(string folder)
{
    private string Text => Path.Combine(folder, "SHA384SUMS");

    private string Signature => Path.Combine(folder, "SHA384SUMS.sig");

    private string Certificate => Path.Combine(folder, "author.cer");

    /// <summary>Writes them; the folder is there.</summary>
    /// <exception cref="IOException">The disk refuses.</exception>
    public void Write(SignedExperiment signed)
    {
        ArgumentNullException.ThrowIfNull(signed);
        File.WriteAllText(Text, signed.Text);
        File.WriteAllBytes(Signature, signed.Signature);
        File.WriteAllBytes(Certificate, signed.Certificate);
    }

    /// <summary>Reads them.</summary>
    /// <exception cref="IOException">One is missing.</exception>
    public SignedExperiment Read() => new(File.ReadAllText(Text), File.ReadAllBytes(Signature), File.ReadAllBytes(Certificate));
}
