namespace Actors.EndToEnd.Running;

/// <summary>The program as an operator runs it: a process of its own in a node's folder.</summary>
internal static class Fx
{
    // The tests' own output lies beside that of every other project, in the same configuration.
    private static string Program
    {
        get
        {
            var own = new DirectoryInfo(AppContext.BaseDirectory);
            return Path.Combine(own.Parent!.Parent!.FullName, "Actors.Cli", own.Name, OperatingSystem.IsWindows() ? "fx.exe" : "fx");
        }
    }

    /// <summary>Starts a command that runs on; disposing kills it.</summary>
    public static ProgramProcess Start(string folder, params string[] arguments) => ProgramProcess.Start(folder, Program, arguments);

    /// <summary>Runs a command that must succeed, and gives what it wrote.</summary>
    public static async Task<string> RunAsync(string folder, params string[] arguments)
    {
        using var fx = Start(folder, arguments);
        Assert.True(await fx.EndAsync() == 0, $"fx {string.Join(' ', arguments)} failed:\n{fx.Output}");
        return fx.Output;
    }
}
