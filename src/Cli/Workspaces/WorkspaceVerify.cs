using System.CommandLine;
using System.Text.Json;

using Actors.Cli.Composition;
using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Workspaces;

/// <summary><c>fx workspace verify</c></summary>
internal static class WorkspaceVerify
{
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON: hash, agrees, differences, and the SDKs that built it." };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("verify", "Build the code again from its sources and compare it, byte for byte, with what was agreed on.")
            .Does("fx workspace verify", [Json], (parsed, cancellation) => RunAsync(parsed, terminal, cancellation));

    private static async Task<int> RunAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        var manifest = WorkspaceManifest.Read(layout);
        manifest.RequireSame(layout);
        var outcome = await new WorkspaceVerification(new()).RunAsync(layout, cancellationToken);
        if (parsed.GetValue(Json))
        {
            terminal.Say(JsonSerializer.Serialize(new
            {
                hash = manifest.Hash.ToString(),
                agrees = outcome.Agrees,
                differences = outcome.Differences.Select(difference => difference.ToString()),
                agreedSdk = outcome.AgreedSdk,
                sdk = outcome.Sdk,
            }));
            return outcome.Agrees ? ExitCode.Ok : ExitCode.Failed;
        }

        if (outcome.Agrees)
        {
            terminal.Say("The built code is what the sources say.");
            return ExitCode.Ok;
        }

        terminal.Error.WriteLine($"error: the built code is not what the sources say: {string.Join(", ", outcome.Differences)}.");
        if (outcome.AgreedSdk != outcome.Sdk)
        {
            terminal.Error.WriteLine($"It was built with SDK {outcome.AgreedSdk}; here is {outcome.Sdk}. Compare with the same SDK.");
        }

        return ExitCode.Failed;
    }
}
