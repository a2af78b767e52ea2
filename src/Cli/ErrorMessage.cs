using System.Net.Sockets;
using System.Reflection;

using Actors.CollaboratorHost.Gateway;
using Actors.CollaboratorHost.Work;
using Actors.Contracts.Models;
using Actors.Contracts.Workspaces;
using Actors.Experiments;
using Actors.Grains;
using Actors.Learning.Settings;
using Actors.Learning.Torch.Native;
using Actors.Pki;

using Microsoft.Extensions.Options;

namespace Actors.Cli;

/// <summary>Says what went wrong in words. A stack trace is never a user's answer; <c>FX_TRACE=1</c> asks for one.</summary>
internal static class ErrorMessage
{
    private const string TraceVariable = "FX_TRACE";

    /// <summary>Writes the message.</summary>
    /// <returns>What the process ends with.</returns>
    public static int Write(Exception problem, TextWriter error)
    {
        var cause = CauseOf(problem);
        if (cause is OperationCanceledException)
        {
            error.WriteLine("Stopped.");
            return ExitCode.Interrupted;
        }

        var traces = Environment.GetEnvironmentVariable(TraceVariable) == "1";
        error.WriteLine(IsMeantForPeople(cause) || traces
            ? $"error: {TextOf(cause)}"
            : $"error: something unexpected went wrong: {TextOf(cause)} Run the command again with {TraceVariable}=1 for the detail.");
        if (traces)
        {
            error.WriteLine(problem);
        }

        return ExitCodeOf(cause);
    }

    // What only carries another exception says nothing of its own.
    private static Exception CauseOf(Exception problem) => problem switch
    {
        AggregateException { InnerException: { } inner } => CauseOf(inner),
        TargetInvocationException { InnerException: { } inner } => CauseOf(inner),
        TypeInitializationException { InnerException: { } inner } => CauseOf(inner),
        _ => problem,
    };

    private static bool IsMeantForPeople(Exception problem) => problem
        is CommandException or ExperimentException or PlanException or WorkspaceException or ModelFileException or PkiException or SettingsException
        or LibTorchException or FederationException or GatewayRefusedException or WorkFailedException or OptionsValidationException
        or IOException or InvalidDataException or UnauthorizedAccessException or SocketException
        or ArgumentException or FormatException or NotSupportedException;

    // The framework appends the name of a parameter of ours, which is nothing to the user.
    private static string TextOf(Exception problem)
    {
        var text = problem.Message;
        var parameter = problem is ArgumentException { ParamName: { } name } ? $" (Parameter '{name}')" : null;
        return parameter is null ? text : text.Replace(parameter, "", StringComparison.Ordinal);
    }

    private static int ExitCodeOf(Exception problem) => problem switch
    {
        CommandException command => command.ExitCode,
        GatewayRefusedException or IdentityNameException => ExitCode.Refused,
        WorkFailedException => ExitCode.WorkFailed,
        _ => ExitCode.Failed,
    };
}
