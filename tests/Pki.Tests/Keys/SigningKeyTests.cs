using System.Security.Cryptography;

namespace Actors.Pki.Tests;

public class SigningKeyTests
{
    [Theory]
    [InlineData(KeyAlgorithm.EcdsaP384)]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    [InlineData(KeyAlgorithm.Rsa3072)]
    public void Read_OfWhatWasGenerated_IsTheSameKey(KeyAlgorithm algorithm)
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Workspace, "a.key");
        var made = SigningKey.Generate(algorithm, out var pem);
        WorkspaceFile.WritePrivate(path, pem);

        Assert.Equal(made.Public, SigningKey.Read(path).Public);
    }

    [Fact]
    public void Read_OfADamagedKey_SaysWhatToDo()
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Workspace, "a.key");
        File.WriteAllText(path, PemEncoding.WriteString("PRIVATE KEY", [0x30, 0x00]));
        Assert.Contains("Restore it from a backup", Scratch.Refusal(() => SigningKey.Read(path)), StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_WithAnUnknownAlgorithm_IsTheCallersMistake() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => SigningKey.Generate((KeyAlgorithm)7, out _));
}
