using System.CommandLine;

using Actors.Pki;

namespace Actors.Cli;

/// <summary><c>--key</c>: what kind of private key is made.</summary>
internal static class KeyAlgorithmOption
{
    private const string Default = "secp384r1";
    private const string Fast = "secp256r1";
    private const string Rsa = "rsa3072";

    /// <summary>The option.</summary>
    public static Option<string> Instance { get; } = Make(Default, Rsa);

    /// <summary>The option for an aggregator's key, which signs a handshake for every connection.</summary>
    public static Option<string> OfAggregator { get; } = Make(Default, Rsa, Fast);

    /// <summary><c>--new-key</c>: the kind of a key that is made first; null for none.</summary>
    public static Option<string?> NewOfAggregator { get; } = MakeNew();

    /// <summary>What was chosen by <see cref="Instance"/>.</summary>
    public static KeyAlgorithm Of(ParseResult parsed) => Of(parsed.GetValue(Instance));

    /// <summary>The kind of a name.</summary>
    public static KeyAlgorithm Of(string? name) => name switch
    {
        Rsa => KeyAlgorithm.Rsa3072,
        Fast => KeyAlgorithm.EcdsaP256,
        _ => KeyAlgorithm.EcdsaP384,
    };

    private static Option<string> Make(params string[] names)
    {
        var option = new Option<string>("--key")
        {
            Description = "The kind of private key. Nothing weaker is accepted.",
            DefaultValueFactory = _ => Default,
        };
        option.AcceptOnlyFromAmong(names);
        return option;
    }

    private static Option<string?> MakeNew()
    {
        var option = new Option<string?>("--new-key")
        {
            Description = $"First make a new private key of this kind; what was there stays beside it as .old. {Fast} costs an aggregator least.",
        };
        option.AcceptOnlyFromAmong(Default, Rsa, Fast);
        return option;
    }
}
