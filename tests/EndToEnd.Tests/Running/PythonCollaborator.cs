using System.Runtime.CompilerServices;

namespace Actors.EndToEnd.Running;

/// <summary>A collaborator that speaks the original's protocol, in a process of its own; see <c>tests/OpenFlClient</c>.</summary>
internal static class PythonCollaborator
{
    /// <summary>Why it cannot run here; null when it can.</summary>
    public const string Missing = "needs python3 with grpcio, protobuf, numpy, xxhash and yaml, and protoc with its gRPC plugin for Python; ./test.sh installs them with apt-get";

    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<Task<bool>> Tried = new(async () =>
        OperatingSystem.IsLinux()
        && File.Exists(Python)
        && await SucceedsAsync(Python, "-c", "import grpc, google.protobuf, numpy, xxhash, yaml")
        && await SucceedsAsync("which", "protoc", "grpc_python_plugin"));

    /// <summary>Whether all that it needs is installed.</summary>
    public static Task<bool> IsInstalledAsync() => Tried.Value;

    /// <summary>Makes the stubs in a folder, which is then named to <see cref="Start"/>.</summary>
    public static async Task<string> MakeStubsAsync(string folder)
    {
        using var made = ProgramProcess.Start(folder, "/bin/sh", [Path.Combine(Sources(), "stubs.sh"), folder]);
        Assert.True(await made.EndAsync() == 0, made.Output);
        return folder;
    }

    /// <summary>Starts one of the client's programs; disposing kills it.</summary>
    public static ProgramProcess Start(string stubs, string program, params string[] arguments) => ProgramProcess.Start(
        stubs,
        Python,
        [Path.Combine(Sources(), program), .. arguments],
        new() { ["PYTHONPATH"] = stubs, ["PYTHONDONTWRITEBYTECODE"] = "1", ["GRPC_VERBOSITY"] = "NONE" });

    /// <summary>Starts a collaborator with the plan and the certificates of its workspace.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="stubs">See <see cref="MakeStubsAsync"/>.</param>
    /// <param name="name">Its name.</param>
    /// <param name="index">Decides how many samples it claims.</param>
    /// <param name="model">The initial model.</param>
    /// <param name="records">A folder for its updates.</param>
    /// <param name="more">Further options.</param>
    public static ProgramProcess StartIn(
        string workspace, string stubs, string name, int index, string model, string records, params string[] more) => Start(
        stubs,
        "collaborator.py",
        [
            "--name", name,
            "--index", $"{index}",
            "--chain", Path.Combine(workspace, "cert", "cert_chain.crt"),
            "--certificate", Path.Combine(workspace, "cert", "client", $"col_{name}.crt"),
            "--key", Path.Combine(workspace, "cert", "client", $"col_{name}.key"),
            "--plan", Path.Combine(workspace, "plan", "plan.yaml"),
            "--model", model,
            "--interval", "0.2",
            "--record", records,
            .. more,
        ]);

    private static async Task<bool> SucceedsAsync(string program, params string[] arguments)
    {
        using var process = ProgramProcess.Start(Path.GetTempPath(), program, arguments);
        return await process.EndAsync() == 0;
    }

    private static string Sources([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "OpenFlClient"));
}
