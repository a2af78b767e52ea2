namespace Actors.Cli;

/// <summary>A command cannot do what it was asked. The message names the thing, the value and the remedy; it is all the user sees.</summary>
/// <param name="message">For the user.</param>
/// <param name="exitCode">What the process ends with; one of <see cref="ExitCode"/>.</param>
public sealed class CommandException(string message, int exitCode = ExitCode.Failed) : Exception(message)
{
    /// <summary>What the process ends with.</summary>
    public int ExitCode { get; } = exitCode;
}
