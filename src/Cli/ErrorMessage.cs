namespace Actors.Cli;

/// <summary>Says what went wrong in words. A stack trace is never a user's answer; <c>FX_TRACE=1</c> asks for one.</summary>
internal static class ErrorMessage
{
    /// <summary>Writes the message.</summary>
    /// <returns>What the process ends with.</returns>
    public static int Write(Exception problem, TextWriter error)
    {
        if (problem is OperationCanceledException)
        {
            error.WriteLine("Stopped.");
            return ExitCode.Interrupted;
        }

        error.WriteLine($"error: {problem.Message}");
        if (Environment.GetEnvironmentVariable("FX_TRACE") == "1")
        {
            error.WriteLine(problem);
        }

        return problem is CommandException command ? command.ExitCode : ExitCode.Failed;
    }
}
