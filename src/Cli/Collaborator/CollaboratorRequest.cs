using System.CommandLine;

using Actors.Cli.Composition;
using Actors.Contracts.Plans;
using Actors.Pki;

namespace Actors.Cli.Collaborator;

/// <summary><c>fx collaborator generate-cert-request</c></summary>
internal static class CollaboratorRequest
{
    private static readonly Option<string> Name = CollaboratorCommands.NameOption();
    private static readonly Option<string> Data = CollaboratorCreate.DataOption();
    private static readonly Option<bool> Silent = new("--silent", "-s") { Description = "Do not ask where the data is." };
    private static readonly Option<bool> SkipPackage = new("--skip-package", "-x") { Description = "Make no package to send." };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("generate-cert-request", "Make the collaborator's private key and the package that asks for its certificate.").Does(
            "fx collaborator generate-cert-request -n one",
            [Name, Data, Silent, SkipPackage, KeyAlgorithmOption.Instance],
            parsed => Run(parsed, terminal));

    private static int Run(ParseResult parsed, Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        var name = parsed.GetRequiredValue(Name);

        // Asked first: without an answer there is no key either, and the command can simply be given again.
        var known = DataPaths.Read(layout.Root).Find(name) is not null;
        if (parsed.GetValue(Data) is { } || (!known && !parsed.GetValue(Silent)))
        {
            CollaboratorCreate.SetData(name, parsed.GetValue(Data), silent: false, terminal);
        }

        var created = new CertificateRequests(layout.Root, terminal.Clock, KeyAlgorithmOption.Of(parsed))
            .CreateForCollaborator(name, package: !parsed.GetValue(SkipPackage));
        return Signing.Say(created, terminal);
    }
}
