using System.CommandLine;

namespace Actors.Cli.Completion;

/// <summary><c>fx completion bash | zsh | fish | pwsh</c></summary>
internal static class CompletionCommand
{
    private static readonly Argument<string> Shell = MakeShell();

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal)
    {
        var command = new Command("completion", "Print the script by which a shell completes fx's commands and options.").Does(
            "eval \"$(fx completion bash)\"",
            [],
            parsed =>
            {
                terminal.Plain.Write(CompletionScript.For(parsed.GetRequiredValue(Shell)));
                return ExitCode.Ok;
            });
        command.Arguments.Add(Shell);
        return command;
    }

    private static Argument<string> MakeShell()
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh." };
        shell.AcceptOnlyFromAmong([.. CompletionScript.Shells]);
        return shell;
    }
}
