using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Cli.Doctor;

/// <summary><c>fx doctor</c></summary>
internal static class DoctorCommand
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON: name, status (ok, warning, problem), found, advice." };

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("doctor", "Look at this machine and workspace, and say what stands in the way of a federation.").Does(
            "fx doctor", [Json], (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var findings = await Examination.RunAsync(terminal.Folder, terminal.Clock, cancellationToken);
        if (parsed.GetValue(Json))
        {
            terminal.Say(JsonSerializer.Serialize(findings, Format));
        }
        else
        {
            Say(findings, terminal);
        }

        return findings.Any(finding => finding.Status == FindingStatus.Problem) ? ExitCode.Failed : ExitCode.Ok;
    }

    private static void Say(IReadOnlyList<Finding> findings, Terminal terminal)
    {
        foreach (var finding in findings)
        {
            terminal.Say($"{finding.Status.ToString().ToLowerInvariant(),-7}  {finding.Name}: {finding.Found}");
            if (finding.Advice is { } advice)
            {
                terminal.Say($"         {advice}");
            }
        }
    }
}
