using System.CommandLine;

using Actors.Cli.Composition;
using Actors.Contracts.Federations;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Pki;

namespace Actors.Cli.Certificates;

/// <summary>
/// <c>fx collaborator certify</c> and <c>fx operator certify</c>: on the authority's side it signs, on the other side it imports.
/// </summary>
internal sealed class ClientCertify
{
    private readonly Option<string> _name;
    private readonly Option<string> _package;
    private readonly Option<string> _import = new("--import", "-i") { Description = "The signed package that came back: take it in." };
    private readonly Option<bool> _silent = new("--silent", "-s") { Description = "Sign without asking." };
    private readonly PeerRole _role;
    private readonly string _noun;

    private ClientCertify(PeerRole role)
    {
        (_role, _noun) = (role, role == PeerRole.Operator ? "operator" : "collaborator");
        _name = new($"--{_noun}_name", "-n") { Description = "The label the request must be for; alone, the request in this workspace's cert folder." };
        _package = new("--request-pkg", "-r") { Description = $"The package that the {_noun} sent: sign it." };
    }

    /// <summary>The command for one kind of client.</summary>
    public static Command Build(PeerRole role, string exampleLabel, Terminal terminal)
    {
        var certify = new ClientCertify(role);
        return new Command("certify", $"Sign the request of a new {certify._noun} (--request-pkg), or take the signed package in (--import).").Does(
            $"fx {certify._noun} certify --request-pkg {(role == PeerRole.Operator ? "op" : "col")}_{exampleLabel}_to_agg_cert_request.zip",
            [certify._name, certify._package, certify._import, certify._silent, LeafLifetimeOption.Instance],
            parsed => certify.Run(parsed, terminal));
    }

    private int Run(ParseResult parsed, Terminal terminal) => (parsed.GetValue(_package), parsed.GetValue(_import)) switch
    {
        ({ } package, null) => Sign(terminal.PathOf(package), parsed, terminal),
        (null, { } signed) => TakeIn(terminal.PathOf(signed), terminal),
        (null, null) when parsed.GetValue(_name) is not null => Sign(null, parsed, terminal),
        _ => throw new CommandException("Say what to do: --request-pkg ZIP signs a request, --import ZIP takes a signed package in.", ExitCode.Refused),
    };

    // Without a package it is a request that was made in this workspace itself.
    private int Sign(string? package, ParseResult parsed, Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        var authority = LeafLifetimeOption.OpenAuthority(parsed, layout.Root, terminal.Clock);
        if (_role == PeerRole.Collaborator)
        {
            WorkspacePlan.RequireNone(CollaboratorList.Read(layout.Root).Problems, "plan/cols.yaml");
        }

        var request = package is not null ? CertificateAuthority.InspectPackage(package, parsed.GetValue(_name), _role)
            : _role == PeerRole.Operator ? authority.InspectOperator(parsed.GetValue(_name)!)
            : authority.InspectCollaborator(parsed.GetValue(_name)!);
        if (!Signing.Confirm(request, parsed.GetValue(_silent), terminal))
        {
            return ExitCode.Failed;
        }

        var signed = authority.Sign(request);
        if (_role == PeerRole.Collaborator)
        {
            WorkspacePlan.RequireNone(CollaboratorList.Add(layout.Root, request.Name).Problems, "plan/cols.yaml");
            terminal.Say($"Collaborator {request.Name} is in plan/cols.yaml. Send the signed package back to it.");
        }

        return Signing.Say(signed, terminal);
    }

    private int TakeIn(string package, Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        var imported = new CertificateImport(layout.Root, terminal.Clock).Import(
            package,
            acceptMissingUsage: RunningPlan.Read(layout.Root, new PlanReader()).Result.Plan is { Network.RequireExtendedKeyUsage: false },
            _role);
        terminal.Say($"The {_noun} {imported.Name} has its certificate, valid until {imported.NotAfter:yyyy-MM-dd}.");
        terminal.Say($"It trusts the authority with the SHA-384\n{imported.ChainFingerprint}");
        terminal.Say(NextOf(layout, imported.Name));
        return ExitCode.Ok;
    }

    private string NextOf(WorkspaceLayout layout, string name) =>
        _role == PeerRole.Operator ? "Next: fx experiment submit --workspace FOLDER"
        : FederationFile.IsIn(layout.Root) ? $"Next: fx collaborator serve -n {name}"
        : $"Next: fx collaborator start -n {name}";
}
