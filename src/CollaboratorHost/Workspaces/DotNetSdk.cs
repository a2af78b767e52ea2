using System.ComponentModel;
using System.Diagnostics;

using Actors.Contracts.Workspaces;

namespace Actors.CollaboratorHost.Workspaces;

/// <summary>The machine's .NET SDK, run as a process of its own.</summary>
internal sealed class DotNetSdk(string dotnet)
{
    /// <summary>The SDK's version, such as <c>10.0.100</c>.</summary>
    /// <exception cref="WorkspaceException">There is no SDK.</exception>
    public async Task<string> VersionAsync(string folder, CancellationToken cancellationToken)
    {
        var (exitCode, output) = await RunAsync(folder, ["--version"], cancellationToken).ConfigureAwait(false);
        return exitCode == 0 ? output.Trim() : throw Missing(output.Trim());
    }

    /// <summary>Runs a command and returns its exit code and what it printed.</summary>
    /// <exception cref="WorkspaceException">There is no SDK.</exception>
    public async Task<(int ExitCode, string Output)> RunAsync(
        string folder, IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        using var process = Start(folder, arguments);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            output += await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            return (process.ExitCode, output);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }

    private Process Start(string folder, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(dotnet, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };

        // Variables become properties of a build; those of a build that runs this program must not reach this one.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_NOLOGO"] = "1";
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception problem)
        {
            throw Missing(problem.Message);
        }
    }

    private WorkspaceException Missing(string problem) => new(
        $"{dotnet}: there is no .NET SDK to build the workspace with ({problem}); install the .NET 10 SDK, "
        + "or import an archive made with 'fx workspace export', which holds the built assemblies.");
}
