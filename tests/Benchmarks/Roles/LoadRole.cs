using System.Globalization;

using Actors.Benchmarks.Clients;

namespace Actors.Benchmarks.Roles;

/// <summary>Which collaborators a process plays.</summary>
/// <param name="Folder">Files go here.</param>
/// <param name="Authority">The authority's workspace.</param>
/// <param name="Port">The gateway's port.</param>
/// <param name="First">The index of the first collaborator.</param>
/// <param name="Count">How many.</param>
/// <param name="Workload">The model.</param>
/// <param name="WithFiles">The host's own transfer code and files, or everything in memory.</param>
internal sealed record LoadSettings(string Folder, string Authority, int Port, int First, int Count, Workload Workload, bool WithFiles)
{
    /// <summary>A collaborator's name.</summary>
    public static string NameOf(int index) => string.Create(CultureInfo.InvariantCulture, $"c{index:D5}");
}

/// <summary>Collaborators, each with a TLS connection of its own, many in one process.</summary>
internal static class LoadRole
{
    /// <summary>The role's name on the command line.</summary>
    public const string Name = "role-load";

    // Handshakes at a time: each costs both ends milliseconds, and thousands at once would time out.
    private const int Handshakes = 32;

    /// <summary>Runs until the input ends.</summary>
    public static async Task<int> RunAsync()
    {
        var settings = await Conversation.SettingsAsync<LoadSettings>();
        using var certificates = new Certificates(settings.Authority);
        var connection = new ConnectionSettings(settings, new(settings.Authority));
        var clients = Enumerable.Range(settings.First, settings.Count)
            .Select(index => settings.WithFiles
                ? (LoadClient)new FileCollaborator(index, connection, certificates.Issue(LoadSettings.NameOf(index)))
                : new WireCollaborator(index, connection, certificates.Issue(LoadSettings.NameOf(index))))
            .ToList();
        await Conversation.ReplyAsync(true);
        await foreach (var command in Conversation.CommandsAsync())
        {
            await DoAsync(command, clients);
            await Conversation.ReplyAsync(true);
        }

        clients.ForEach(client => client.Dispose());
        return 0;
    }

    private static async Task DoAsync(string[] command, List<LoadClient> clients)
    {
        switch (command)
        {
            case ["join"]:
                await Parallel.ForEachAsync(
                    clients, new ParallelOptions { MaxDegreeOfParallelism = Handshakes }, async (client, _) => await client.JoinAsync());
                break;
            case ["rounds", var count]:
                var rounds = int.Parse(count, CultureInfo.InvariantCulture);
                await Task.WhenAll(clients.Select(client => Task.Run(() => RoundsAsync(client, rounds))));
                break;
            case ["await"]:
                await Task.WhenAll(clients.Select(client => Task.Run(client.AwaitWorkAsync)));
                break;
            case ["download"]:
                await Task.WhenAll(clients.Select(client => Task.Run(client.DownloadAsync)));
                break;
            case ["prepare"]:
                await Task.WhenAll(clients.Select(client => Task.Run(client.PrepareAsync)));
                break;
            case ["upload"]:
                await Task.WhenAll(clients.Select(client => Task.Run(client.UploadAsync)));
                break;
            case ["hold"]:
                // Every call for work is on its way and none is answered: the round waits for somebody else.
                await Task.WhenAll(clients.Select(client => Task.Run(client.AskAhead)));
                break;
            default:
                throw new InvalidOperationException($"'{string.Join(' ', command)}' is no command.");
        }
    }

    private static async Task RoundsAsync(LoadClient client, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            await client.DownloadAsync();
            await client.PrepareAsync();
            await client.UploadAsync();
        }
    }
}
