namespace Actors.CollaboratorHost.Tests;

public sealed class ConsoleProgressTests : IDisposable
{
    private readonly StringWriter _output = new();

    [Fact]
    public void Report_NoTerminal_WritesNothing()
    {
        new ConsoleProgress(_output, isTerminal: false).Report(0.5);

        Assert.Equal("", _output.ToString());
    }

    [Fact]
    public void Report_Half_DrawsHalfABarOnce()
    {
        var progress = new ConsoleProgress(_output, isTerminal: true);

        progress.Report(0.5);
        progress.Report(0.501);

        Assert.Equal($"\r[{new string('#', 20)}{new string('.', 20)}]  50%", _output.ToString());
    }

    [Fact]
    public void Report_Done_WipesTheLine()
    {
        var progress = new ConsoleProgress(_output, isTerminal: true);
        progress.Report(0.999);

        progress.Report(1);

        Assert.EndsWith($"99%\r{new string(' ', 47)}\r", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-3)]
    public void Report_Nonsense_IsNothingDone(double value)
    {
        new ConsoleProgress(_output, isTerminal: true).Report(value);

        Assert.EndsWith("  0%", _output.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => _output.Dispose();
}
