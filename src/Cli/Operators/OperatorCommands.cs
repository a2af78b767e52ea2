using System.CommandLine;

using Actors.Cli.Certificates;
using Actors.Cli.Composition;
using Actors.Pki;

namespace Actors.Cli.Operators;

/// <summary><c>fx operator …</c></summary>
internal static class OperatorCommands
{
    private static readonly Option<string> Name = new("--operator_name", "-n")
    {
        Description = "The operator's label, as the certificate names it.",
        Required = true,
    };

    private static readonly Option<bool> SkipPackage = new("--skip-package", "-x") { Description = "Make no package to send." };

    /// <summary>The group.</summary>
    public static Command Build(Terminal terminal) => CommandGroup.Of(
        "operator",
        "An operator of a long-lived federation: who gives it experiments.",
        new Command("generate-cert-request", "Make the operator's private key and the package that asks for a certificate.").Does(
            "fx operator generate-cert-request -n alice",
            [Name, SkipPackage, KeyAlgorithmOption.Instance],
            parsed => Request(parsed, terminal)),
        ClientCertify.Build(PeerRole.Operator, "alice", terminal));

    private static int Request(ParseResult parsed, Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        var created = new CertificateRequests(layout.Root, terminal.Clock, KeyAlgorithmOption.Of(parsed))
            .CreateForOperator(parsed.GetRequiredValue(Name), package: !parsed.GetValue(SkipPackage));
        return Signing.Say(created, terminal);
    }
}
