using System.CommandLine;

using Actors.Cli.Composition;
using Actors.Contracts.Plans;
using Actors.Pki;

namespace Actors.Cli.Collaborator;

/// <summary><c>fx collaborator certify</c>: on the authority's side it signs, on the collaborator's side it imports.</summary>
internal static class CollaboratorCertify
{
    private static readonly Option<string> Name = new("--collaborator_name", "-n") { Description = "The label the request must be for; alone, the request in this workspace's cert folder." };
    private static readonly Option<string> Package = new("--request-pkg", "-r") { Description = "The package that a collaborator sent: sign it." };
    private static readonly Option<string> Import = new("--import", "-i") { Description = "The signed package that came back: take it in." };
    private static readonly Option<bool> Silent = new("--silent", "-s") { Description = "Sign without asking." };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("certify", "Sign a collaborator's request (--request-pkg), or take the signed package in (--import).").Does(
            "fx collaborator certify --request-pkg col_one_to_agg_cert_request.zip",
            [Name, Package, Import, Silent, LeafLifetimeOption.Instance],
            parsed => Run(parsed, terminal));

    private static int Run(ParseResult parsed, Terminal terminal) => (parsed.GetValue(Package), parsed.GetValue(Import)) switch
    {
        ({ } package, null) => Sign(terminal.PathOf(package), parsed, terminal),
        (null, { } signed) => TakeIn(terminal.PathOf(signed), terminal),
        (null, null) when parsed.GetValue(Name) is not null => Sign(null, parsed, terminal),
        _ => throw new CommandException("Say what to do: --request-pkg ZIP signs a request, --import ZIP takes a signed package in.", ExitCode.Refused),
    };

    // Without a package it is a request that was made in this workspace itself.
    private static int Sign(string? package, ParseResult parsed, Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        var authority = LeafLifetimeOption.OpenAuthority(parsed, layout.Root, terminal.Clock);
        WorkspacePlan.RequireNone(CollaboratorList.Read(layout.Root).Problems, "plan/cols.yaml");
        var request = package is null
            ? authority.InspectCollaborator(parsed.GetValue(Name)!)
            : CertificateAuthority.InspectPackage(package, parsed.GetValue(Name));
        if (!Signing.Confirm(request, parsed.GetValue(Silent), terminal))
        {
            return ExitCode.Failed;
        }

        var signed = authority.Sign(request);
        WorkspacePlan.RequireNone(CollaboratorList.Add(layout.Root, request.Name).Problems, "plan/cols.yaml");
        terminal.Say($"Collaborator {request.Name} is in plan/cols.yaml. Send the signed package back to it.");
        return Signing.Say(signed, terminal);
    }

    private static int TakeIn(string package, Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        var imported = new CertificateImport(layout.Root, terminal.Clock).Import(
            package, acceptMissingUsage: RunningPlan.Read(layout.Root, new PlanReader()).Result.Plan is { Network.RequireExtendedKeyUsage: false });
        terminal.Say($"Collaborator {imported.Collaborator} has its certificate, valid until {imported.NotAfter:yyyy-MM-dd}.");
        terminal.Say($"It trusts the authority with the SHA-384\n{imported.ChainFingerprint}");
        terminal.Say($"Next: fx collaborator start -n {imported.Collaborator}");
        return ExitCode.Ok;
    }
}
