using System.CommandLine;

namespace Actors.Cli;

/// <summary>Puts commands together.</summary>
internal static class CommandGroup
{
    /// <summary>A command that only has commands below it.</summary>
    public static Command Of(string name, string description, params ReadOnlySpan<Command> commands)
    {
        var group = new Command(name, description);
        foreach (var command in commands)
        {
            group.Subcommands.Add(command);
        }

        return group;
    }

    /// <summary>A command with its options and what it does; the example is shown with its help.</summary>
    public static Command Does(
        this Command command, string example, IEnumerable<Option> options, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        command.Description = $"{command.Description}\n\nExample: {example}";
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(action);
        return command;
    }

    /// <summary>The same for a command that does not wait.</summary>
    public static Command Does(this Command command, string example, IEnumerable<Option> options, Func<ParseResult, int> action) =>
        command.Does(example, options, (parsed, _) => Task.FromResult(action(parsed)));
}
