using Spectre.Console;

namespace Actors.Cli.Tests;

/// <summary>Runs commands in a folder and keeps what they write. Answers are given up front; none means that nobody is there.</summary>
internal sealed class TestTerminal(string folder)
{
    /// <summary>What time the commands take it to be.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>What the last command wrote.</summary>
    public string Output { get; private set; } = "";

    /// <summary>What the last command wrote as errors and warnings.</summary>
    public string Error { get; private set; } = "";

    /// <summary>Runs <c>fx</c> with nobody there to answer.</summary>
    public Task<int> RunAsync(params string[] args) => RunAsync(args, null);

    /// <summary>Runs <c>fx</c> with somebody who gives these answers, one a line.</summary>
    public Task<int> AnswerAsync(string answers, params string[] args) => RunAsync(args, answers);

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<string> MustAsync(params string[] args)
    {
        var code = await RunAsync(args);
        Assert.True(code == ExitCode.Ok, $"fx {string.Join(' ', args)} ended with {code}:\n{Output}\n{Error}");
        return Output;
    }

    /// <summary>Runs a command that must end with a code; gives what it wrote as errors.</summary>
    public async Task<string> FailAsync(int code, params string[] args)
    {
        var ended = await RunAsync(args);
        Assert.True(ended == code, $"fx {string.Join(' ', args)} ended with {ended}, not {code}:\n{Output}\n{Error}");
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        return Error;
    }

    private async Task<int> RunAsync(string[] args, string? answers)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var input = new StringReader(answers ?? "");
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        var code = await CommandLine.RunAsync(args, new Terminal(console, output, error, input, answers is not null, folder) { Clock = Clock });
        (Output, Error) = (output.ToString(), error.ToString());
        return code;
    }
}
