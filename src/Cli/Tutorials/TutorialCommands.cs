using System.CommandLine;

namespace Actors.Cli.Tutorials;

/// <summary><c>fx tutorial …</c></summary>
internal static class TutorialCommands
{
    private static readonly Argument<string> Name = MakeName();

    /// <summary>The group.</summary>
    public static Command Build(Terminal terminal) => CommandGroup.Of(
        "tutorial",
        "Short programs that show what a federation is, to read and to run.",
        new Command("list", "Say which tutorials there are.").Does("fx tutorial list", [], _ => List(terminal)),
        Named("show", "Print a tutorial's program.")
            .Does("fx tutorial show 01_first_federation", [], parsed => Show(terminal, parsed.GetRequiredValue(Name))),
        Named("run", "Run a tutorial; it needs no SDK, and leaves its plot in this folder.")
            .Does("fx tutorial run 01_first_federation", [], (parsed, _) => RunAsync(terminal, parsed.GetRequiredValue(Name))));

    private static Command Named(string name, string description)
    {
        var command = new Command(name, description);
        command.Arguments.Add(Name);
        return command;
    }

    private static Argument<string> MakeName()
    {
        var name = new Argument<string>("name") { Description = "The tutorial: its name, or its number." };
        name.CompletionSources.Add(_ => [.. Tutorial.All.Select(tutorial => tutorial.Name)]);
        return name;
    }

    private static int List(Terminal terminal)
    {
        foreach (var tutorial in Tutorial.All)
        {
            terminal.Say($"  {tutorial.Name,-26} {tutorial.Title}");
        }

        return ExitCode.Ok;
    }

    private static int Show(Terminal terminal, string name)
    {
        terminal.Plain.Write(Tutorial.Named(name).Source);
        return ExitCode.Ok;
    }

    private static async Task<int> RunAsync(Terminal terminal, string name)
    {
        Directory.SetCurrentDirectory(terminal.Folder);
        await TutorialProgram.RunAsync(Tutorial.Named(name));
        return ExitCode.Ok;
    }
}
