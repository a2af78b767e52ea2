using System.CommandLine;

using Actors.Experiments.Federations;

using Spectre.Console;

namespace Actors.Cli.Federations;

/// <summary><c>fx federation …</c></summary>
internal static class FederationCommands
{
    /// <summary>The group.</summary>
    public static Command Build(Terminal terminal) => CommandGroup.Of(
        "federation",
        "A federation that lives on: it takes one experiment after another.",
        FederationCreate.Build(terminal),
        FederationStart.Build(terminal),
        new Command("collaborators", "Who may take part, who is here, and what data they have.").Does(
            "fx federation collaborators",
            [ExperimentOptions.Operator],
            (parsed, cancellation) => CollaboratorsAsync(parsed, terminal, cancellation)));

    private static async Task<int> CollaboratorsAsync(ParseResult parsed, Terminal terminal, CancellationToken cancellationToken)
    {
        using var federation = ExperimentOptions.Open(parsed, terminal);
        var table = new Table().AddColumns("collaborator", "host", "side by side", "version", "data");
        foreach (var collaborator in await federation.GetCollaboratorsAsync(cancellationToken))
        {
            table.AddRow(
                Markup.Escape(collaborator.Name),
                collaborator.IsHere ? "here" : "away",
                collaborator.IsHere ? $"{collaborator.Parallel}" : "",
                Markup.Escape(collaborator.Version),
                Markup.Escape(collaborator.Data));
        }

        terminal.Output.Write(table);
        return ExitCode.Ok;
    }
}
