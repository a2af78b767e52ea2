using System.Net;
using System.Net.Sockets;

namespace Actors.EndToEnd.Running;

/// <summary>
/// Folders that stand for machines: one for the aggregator, one for each collaborator. Nothing goes from one to another but the
/// zip files that the steps name, each copied as a person would carry it.
/// </summary>
internal sealed class Nodes : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("fx-nodes-").FullName;

    /// <summary>The workspace's name.</summary>
    public const string Workspace = "federation";

    /// <summary>The aggregator's workspace.</summary>
    public string Aggregator => Path.Combine(Machine("aggregator"), Workspace);

    /// <summary>A collaborator's workspace.</summary>
    public string Collaborator(string name) => Path.Combine(Machine(name), Workspace);

    /// <summary>A machine's own folder, made.</summary>
    public string Machine(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    /// <summary>Carries a file to another folder and gives its name there.</summary>
    public static string Carry(string file, string folder)
    {
        var arrived = Path.Combine(folder, Path.GetFileName(file));
        File.Copy(file, arrived);
        return arrived;
    }

    /// <summary>Changes a value in the aggregator's plan.</summary>
    public void ChangePlan(string from, string to)
    {
        var file = Path.Combine(Aggregator, "plan", "plan.yaml");
        var text = File.ReadAllText(file);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(file, text.Replace(from, to, StringComparison.Ordinal));
    }

    /// <summary>A port that nobody uses.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
