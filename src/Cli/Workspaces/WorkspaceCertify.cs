using System.CommandLine;

using Actors.Cli.Composition;
using Actors.Pki;

namespace Actors.Cli.Workspaces;

/// <summary><c>fx workspace certify</c></summary>
internal static class WorkspaceCertify
{
    private const string DefaultOrganization = "Federation";

    private static readonly Option<string> Organization = new("--organization")
    {
        Description = $"The organisation in the authority's name. Default: {DefaultOrganization}.",
    };

    private static readonly Option<int> RootDays = Days("--root-days", "How long the root lasts.", 3650);
    private static readonly Option<int> SigningDays = Days("--signing-days", "How long the signing authority lasts.", 1825);
    private static readonly Option<bool> Silent = new("--silent", "-s") { Description = "Ask nothing." };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replace an authority; what it signed is worthless then." };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("certify", "Make this node the federation's certificate authority.").Does(
            "fx workspace certify",
            [Organization, KeyAlgorithmOption.Instance, RootDays, SigningDays, Silent, Overwrite],
            parsed => Run(parsed, terminal));

    private static int Run(ParseResult parsed, Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        CertificateAuthority.Create(
            layout.Root,
            terminal.Clock,
            new AuthorityOptions
            {
                Organization = parsed.GetValue(Organization) ?? AskOrganization(terminal, parsed.GetValue(Silent)),
                KeyAlgorithm = KeyAlgorithmOption.Of(parsed),
                RootLifetime = TimeSpan.FromDays(parsed.GetValue(RootDays)),
                SigningLifetime = TimeSpan.FromDays(parsed.GetValue(SigningDays)),
            },
            parsed.GetValue(Overwrite));
        terminal.Say($"The authority is made; everybody trusts {layout.CertificateChainFile}.");
        terminal.Say("Next: fx aggregator generate-cert-request && fx aggregator certify");
        return ExitCode.Ok;
    }

    // Where nobody sits the default is good enough: nothing hangs on the name.
    private static string AskOrganization(Terminal terminal, bool silent) => silent || !terminal.IsInteractive
        ? DefaultOrganization
        : terminal.Ask($"What is the organisation called [{DefaultOrganization}]", "--organization", DefaultOrganization);

    private static Option<int> Days(string name, string description, int days) =>
        new(name) { Description = $"{description} In days.", DefaultValueFactory = _ => days };
}
