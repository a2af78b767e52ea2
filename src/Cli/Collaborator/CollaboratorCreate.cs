using System.CommandLine;

using Actors.Cli.Composition;
using Actors.Contracts.Identity;
using Actors.Contracts.Plans;

namespace Actors.Cli.Collaborator;

/// <summary><c>fx collaborator create</c></summary>
internal static class CollaboratorCreate
{
    private static readonly Option<string> Name = CollaboratorCommands.NameOption();
    private static readonly Option<string> Data = DataOption();
    private static readonly Option<bool> Silent = new("--silent", "-s") { Description = "Take data/LABEL without asking." };

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("create", "Say which data a collaborator has.").Does("fx collaborator create -n one -d 1", [Name, Data, Silent], parsed =>
        {
            SetData(parsed.GetRequiredValue(Name), parsed.GetValue(Data), parsed.GetValue(Silent), terminal);
            return ExitCode.Ok;
        });

    /// <summary>Where the data is: a path, or what the workspace's loader makes of it.</summary>
    internal static Option<string> DataOption() => new("--data_path", "-d")
    {
        Description = "What the data loader is given: a path, or the number of a shard.",
    };

    /// <summary>Writes a collaborator's line in <c>plan/data.yaml</c>; asks when the path is not given.</summary>
    internal static void SetData(string name, string? path, bool silent, Terminal terminal)
    {
        var layout = WorkspacePlan.Open(terminal.Folder);
        IdentifierRule.Require(name, "collaborator");
        var fallback = $"data/{name}";
        path ??= silent ? fallback : terminal.Ask($"Where is the data of {name} [{fallback}]", "--data_path", fallback);
        WorkspacePlan.RequireNone(DataPaths.Set(layout.Root, name, path).Problems, "plan/data.yaml");
        terminal.Say($"The data of {name} is {path}.");
    }
}
