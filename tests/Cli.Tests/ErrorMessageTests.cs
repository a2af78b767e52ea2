using System.Reflection;

using Actors.Contracts.Workspaces;
using Actors.Learning.Settings;
using Actors.Pki;

namespace Actors.Cli.Tests;

public sealed class ErrorMessageTests
{
    public static TheoryData<Exception> ForPeople =>
    [
        new CommandException("Say it."),
        new WorkspaceException("Say it."),
        new PkiException("Say it."),
        new SettingsException(["Say it."]),
        new IOException("Say it."),
        new TargetInvocationException(new PkiException("Say it.")),
        new AggregateException(new WorkspaceException("Say it.")),
        new ArgumentException("Say it.", "name"),
    ];

    [Theory]
    [MemberData(nameof(ForPeople), DisableDiscoveryEnumeration = true)]
    public void Write_MeantForPeople_IsTheMessageAlone(Exception problem)
    {
        Assert.Equal((ExitCode.Failed, "error: Say it."), Write(problem));
    }

    [Fact]
    public void Write_Unexpected_SaysHowToSeeMoreAndNamesNoType()
    {
        var (exitCode, text) = Write(new InvalidOperationException("It broke."));
        Assert.Equal(ExitCode.Failed, exitCode);
        Assert.Equal("error: something unexpected went wrong: It broke. Run the command again with FX_TRACE=1 for the detail.", text);
    }

    [Fact]
    public void Write_Cancelled_IsAnInterruption() =>
        Assert.Equal((ExitCode.Interrupted, "Stopped."), Write(new TaskCanceledException()));

    [Fact]
    public void Write_CommandException_EndsWithItsCode() =>
        Assert.Equal(ExitCode.WorkFailed, Write(new CommandException("Say it.", ExitCode.WorkFailed)).ExitCode);

    private static (int ExitCode, string Text) Write(Exception problem)
    {
        using var error = new StringWriter();
        return (ErrorMessage.Write(problem, error), error.ToString().TrimEnd());
    }
}
