using System.CommandLine;
using System.CommandLine.Help;

using Actors.Cli.Aggregator;
using Actors.Cli.Certificates;
using Actors.Cli.Collaborator;
using Actors.Cli.Completion;
using Actors.Cli.Doctor;
using Actors.Cli.Federations;
using Actors.Cli.Models;
using Actors.Cli.Operations;
using Actors.Cli.Operators;
using Actors.Cli.Plans;
using Actors.Cli.Quickstart;
using Actors.Cli.Rehearsals;
using Actors.Cli.Simulations;
using Actors.Cli.Tutorials;
using Actors.Cli.Workspaces;

namespace Actors.Cli;

/// <summary>The tree of commands, and the one place where an exception becomes a message.</summary>
public static class CommandLine
{
    /// <summary>Runs one command line.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static async Task<int> RunAsync(string[] args, Terminal terminal)
    {
        ArgumentNullException.ThrowIfNull(terminal);
        var root = Build(terminal);
        try
        {
            // Our own handler below says what went wrong in words, instead of a stack trace.
            var parsed = root.Parse(args);
            var exitCode = await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                Output = terminal.Plain,
                Error = terminal.Error,
            });
            return exitCode != ExitCode.Ok && parsed.Errors.Count > 0 ? ExitCode.Refused : exitCode;
        }
        catch (Exception problem)
        {
            return ErrorMessage.Write(problem, terminal.Error);
        }
    }

    private static RootCommand Build(Terminal terminal)
    {
        var root = new RootCommand("fx: federated learning on virtual actors.")
        {
            WorkspaceCommands.Build(terminal),
            PlanCommands.Build(terminal),
            AggregatorCommands.Build(terminal),
            CollaboratorCommands.Build(terminal),
            FederationCommands.Build(terminal),
            StatusCommand.Build(terminal),
            ExperimentCommands.Build(terminal),
            ModelCommands.Build(terminal),
            OperatorCommands.Build(terminal),
            PkiCommands.Build(terminal),
            QuickstartCommand.Build(terminal),
            RehearseCommand.Build(terminal),
            SimulateCommand.Build(terminal),
            TutorialCommands.Build(terminal),
            DoctorCommand.Build(terminal),
            CompletionCommand.Build(terminal),
        };
        root.Options.Add(LogLevelOption.Instance);

        // Spellings of other systems: they read like paths, and a shell would offer them wherever a file may stand.
        foreach (var spelling in new[] { "-?", "/?", "/h" })
        {
            root.Options.OfType<HelpOption>().Single().Aliases.Remove(spelling);
        }

        return root;
    }
}
