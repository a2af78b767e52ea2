using System.CommandLine;

using Actors.Cli.Composition;
using Actors.CollaboratorHost.Workspaces;
using Actors.Contracts.Workspaces;

namespace Actors.Cli.Workspaces;

/// <summary><c>fx workspace verify</c></summary>
internal static class WorkspaceVerify
{
    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("verify", "Build the code again from its sources and compare it, byte for byte, with what was agreed on.")
            .Does("fx workspace verify", [], (_, cancellation) => RunAsync(terminal, cancellation));

    private static async Task<int> RunAsync(Terminal terminal, CancellationToken cancellationToken)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        WorkspaceManifest.Read(layout).RequireSame(layout);
        var outcome = await new WorkspaceVerification(new()).RunAsync(layout, cancellationToken);
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
