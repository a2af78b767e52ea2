using System.CommandLine;

using Actors.Cli.Composition;
using Actors.Pki;

namespace Actors.Cli.Aggregator;

/// <summary><c>fx aggregator …</c></summary>
internal static class AggregatorCommands
{
    private static readonly Option<string> Fqdn = new("--fqdn", "-n")
    {
        Description = "The aggregator's full host name, as collaborators dial it. Default: this machine's.",
        DefaultValueFactory = _ => MachineName.Full(),
    };

    private static readonly Option<bool> Silent = new("--silent", "-s") { Description = "Sign without asking." };

    /// <summary>The group.</summary>
    public static Command Build(Terminal terminal) => CommandGroup.Of(
        "aggregator",
        "The aggregator node: its certificate and its process.",
        new Command("generate-cert-request", "Make the aggregator's private key and its certificate request.").Does(
            "fx aggregator generate-cert-request --fqdn aggregator.hospital.org",
            [Fqdn, KeyAlgorithmOption.OfAggregator],
            parsed => Request(parsed, terminal)),
        new Command("certify", "Sign the aggregator's request, or make a new key and sign that (--new-key).").Does(
            "fx aggregator certify --fqdn aggregator.hospital.org",
            [Fqdn, KeyAlgorithmOption.NewOfAggregator, Silent, LeafLifetimeOption.Instance],
            parsed => Certify(parsed, terminal)),
        AggregatorStart.Build(terminal));

    private static int Request(ParseResult parsed, Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        var created = new CertificateRequests(layout.Root, terminal.Clock, KeyAlgorithmOption.Of(parsed.GetValue(KeyAlgorithmOption.OfAggregator)))
            .CreateForAggregator(parsed.GetRequiredValue(Fqdn));
        return Signing.Say(created, terminal);
    }

    private static int Certify(ParseResult parsed, Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        var authority = LeafLifetimeOption.OpenAuthority(parsed, layout.Root, terminal.Clock);
        if (parsed.GetValue(KeyAlgorithmOption.NewOfAggregator) is { } kind)
        {
            return Signing.Say(authority.RenewAggregator(parsed.GetRequiredValue(Fqdn), KeyAlgorithmOption.Of(kind)), terminal);
        }

        var request = authority.InspectAggregator(parsed.GetRequiredValue(Fqdn));
        return Signing.Confirm(request, parsed.GetValue(Silent), terminal)
            ? Signing.Say(authority.Sign(request), terminal)
            : ExitCode.Failed;
    }
}
