using System.CommandLine;

using Actors.Pki;

namespace Actors.Cli;

/// <summary><c>--key</c>: what kind of private key is made.</summary>
internal static class KeyAlgorithmOption
{
    private const string Rsa = "rsa3072";

    /// <summary>The option.</summary>
    public static Option<string> Instance { get; } = Make();

    /// <summary>What was chosen.</summary>
    public static KeyAlgorithm Of(ParseResult parsed) => parsed.GetValue(Instance) == Rsa ? KeyAlgorithm.Rsa3072 : KeyAlgorithm.EcdsaP384;

    private static Option<string> Make()
    {
        var option = new Option<string>("--key")
        {
            Description = "The kind of private key. Nothing weaker is accepted.",
            DefaultValueFactory = _ => "secp384r1",
        };
        option.AcceptOnlyFromAmong("secp384r1", Rsa);
        return option;
    }
}
