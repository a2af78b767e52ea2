namespace Actors.Cli.Quickstart;

/// <summary>How a process of <c>fx</c> is started.</summary>
/// <param name="Name">What it is called in messages.</param>
/// <param name="Folder">Where it runs.</param>
/// <param name="LogFile">Where its output goes; it is added to.</param>
/// <param name="Arguments">What an operator would type after <c>fx</c>.</param>
internal sealed record FxStart(string Name, string Folder, string LogFile, IReadOnlyList<string> Arguments)
{
    /// <summary>Variables that are not this process's; null takes one away. Default: none.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    /// <summary>Is given every line that it writes; may be called by several threads. Default: nobody is.</summary>
    public Action<string>? OnLine { get; init; }
}
