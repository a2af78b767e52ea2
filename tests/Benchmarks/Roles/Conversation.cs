using System.Text.Json;

namespace Actors.Benchmarks.Roles;

/// <summary>A child's side of the talk with the scenario: settings first, then commands until the input ends.</summary>
internal static class Conversation
{
    // The console's own reader waits on the calling thread, whatever its methods are called.
    private static readonly StreamReader Input = new(Console.OpenStandardInput());

    /// <summary>Reads the settings.</summary>
    public static async Task<T> SettingsAsync<T>() =>
        JsonSerializer.Deserialize<T>(await Input.ReadLineAsync() ?? throw new InvalidOperationException("No settings came."))!;

    /// <summary>Answers a command.</summary>
    public static async Task ReplyAsync<T>(T reply)
    {
        await Console.Out.WriteLineAsync(JsonSerializer.Serialize(reply));
        await Console.Out.FlushAsync();
    }

    /// <summary>The commands, word by word, until the scenario closes the input.</summary>
    public static async IAsyncEnumerable<string[]> CommandsAsync()
    {
        while (await Input.ReadLineAsync() is { } line)
        {
            yield return line.Split(' ');
        }
    }
}
