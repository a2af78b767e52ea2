using System.CommandLine;
using System.Text.Json;

using Actors.Cli.Composition;
using Actors.Pki;

using Spectre.Console;

namespace Actors.Cli.Certificates;

/// <summary><c>fx pki list | revoke</c></summary>
internal static class PkiCommands
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };
    private static readonly Option<string> Name = new("--collaborator_name", "-n") { Description = "Revoke all certificates of this collaborator." };
    private static readonly Option<string> Serial = new("--serial") { Description = "Revoke the certificate with this serial number." };
    private static readonly Option<bool> Silent = new("--silent", "-s") { Description = "Revoke without asking." };

    /// <summary>The group.</summary>
    public static Command Build(Terminal terminal) => CommandGroup.Of(
        "pki",
        "The certificates this authority signed.",
        new Command("list", "List every certificate that was signed.").Does("fx pki list", [Json], parsed => List(parsed, terminal)),
        new Command("revoke", "Withdraw a certificate; a running aggregator refuses it from its next call on.")
            .Does("fx pki revoke -n one", [Name, Serial, Silent], parsed => Revoke(parsed, terminal)));

    private static int List(ParseResult parsed, Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        var revoked = AuthorityLogs.ReadRevoked(layout.Root).Select(entry => entry.Serial).ToHashSet();
        var issued = AuthorityLogs.ReadIssued(layout.Root);
        if (parsed.GetValue(Json))
        {
            terminal.Say(JsonSerializer.Serialize(issued.Select(entry => new
            {
                serial = entry.Serial,
                subject = entry.Subject,
                kind = entry.Kind.ToString(),
                key = entry.KeyAlgorithm,
                notAfter = entry.NotAfter,
                revoked = revoked.Contains(entry.Serial),
            })));
            return ExitCode.Ok;
        }

        // A serial is there to be copied; whatever else may wrap, it does not.
        var table = new Table().AddColumns("subject", "kind", "key", "valid until", "state")
            .AddColumn(new TableColumn("serial").NoWrap());
        foreach (var entry in issued)
        {
            table.AddRow(
                Markup.Escape(entry.Subject),
                entry.Kind.ToString(),
                entry.KeyAlgorithm,
                $"{entry.NotAfter:yyyy-MM-dd}",
                revoked.Contains(entry.Serial) ? "revoked" : "good",
                entry.Serial);
        }

        terminal.Output.Write(table);
        return ExitCode.Ok;
    }

    private static int Revoke(ParseResult parsed, Terminal terminal)
    {
        var authority = CertificateAuthority.Open(WorkspacePlan.Open(terminal.Folder).Root, terminal.Clock);
        var (name, serial) = (parsed.GetValue(Name), parsed.GetValue(Serial));
        if (name is null == serial is null)
        {
            throw new CommandException("Say what to revoke: -n LABEL or --serial SERIAL.", ExitCode.Refused);
        }

        if (!parsed.GetValue(Silent) && !terminal.Confirm($"Revoke {name ?? serial} for good", "--silent"))
        {
            terminal.Say("Not revoked.");
            return ExitCode.Failed;
        }

        var revoked = name is not null ? authority.RevokeCollaborator(name) : [authority.Revoke(CertificateSerial.Parse(serial!))];
        terminal.Say($"Revoked: {string.Join(", ", revoked.Select(entry => $"{entry.Subject} ({entry.Serial})"))}.");
        return ExitCode.Ok;
    }
}
