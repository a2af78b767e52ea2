using Spectre.Console;

namespace Actors.Cli;

/// <summary>Where a command writes, whom it asks, and what its clock says. Tests put texts in its place.</summary>
public sealed class Terminal
{
    private readonly TextReader _input;

    /// <summary>Makes a terminal.</summary>
    /// <param name="output">Takes everything that is meant for people.</param>
    /// <param name="plain">The same place as <paramref name="output"/>, for text that a script reads: never wrapped, never coloured.</param>
    /// <param name="error">Takes error messages.</param>
    /// <param name="input">Gives answers.</param>
    /// <param name="isInteractive">Whether a person answers.</param>
    /// <param name="folder">The folder that commands work in.</param>
    public Terminal(IAnsiConsole output, TextWriter plain, TextWriter error, TextReader input, bool isInteractive, string folder)
    {
        (Output, Plain, Error, _input, IsInteractive, Folder) = (output, plain, error, input, isInteractive, folder);
    }

    /// <summary>The folder that commands work in, absolute.</summary>
    public string Folder { get; }

    /// <summary>What time it is: by it certificates are made, judged and revoked. Default: the machine's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Takes tables, live views and coloured text.</summary>
    public IAnsiConsole Output { get; }

    /// <summary>Takes text as it is.</summary>
    public TextWriter Plain { get; }

    /// <summary>Takes error messages.</summary>
    public TextWriter Error { get; }

    /// <summary>Whether a person sits before it.</summary>
    public bool IsInteractive { get; }

    /// <summary>The process's own console.</summary>
    public static Terminal OfProcess() => new(
        AnsiConsole.Console,
        Console.Out,
        Console.Error,
        Console.In,
        !Console.IsInputRedirected && !Console.IsOutputRedirected,
        Directory.GetCurrentDirectory());

    /// <summary>Writes a line.</summary>
    public void Say(string line) => Plain.WriteLine(line);

    /// <summary>A path as the user typed it, seen from the working folder.</summary>
    public string PathOf(string typed) => Path.GetFullPath(Path.Combine(Folder, typed));

    /// <summary>Asks for yes or no; anything but <c>y</c> or <c>yes</c> is no.</summary>
    /// <param name="question">The question, without its mark.</param>
    /// <param name="option">The option that answers it, such as <c>--silent</c>.</param>
    /// <exception cref="CommandException">Nobody is there to answer.</exception>
    public bool Confirm(string question, string option) =>
        Ask($"{question} [y/N]", option).Trim().ToLowerInvariant() is "y" or "yes";

    /// <summary>Asks for a text.</summary>
    /// <param name="question">The question, without its mark.</param>
    /// <param name="option">The option that answers it.</param>
    /// <param name="fallback">What an empty answer means.</param>
    /// <exception cref="CommandException">Nobody is there to answer.</exception>
    public string Ask(string question, string option, string fallback = "")
    {
        if (!IsInteractive)
        {
            throw new CommandException($"'{question}?' has no answer: the input is not a terminal. Answer with {option}.");
        }

        Plain.Write($"{question}? ");
        var answer = _input.ReadLine();
        return string.IsNullOrWhiteSpace(answer) ? fallback : answer.Trim();
    }
}
