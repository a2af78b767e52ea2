using System.Runtime.InteropServices;

using TorchSharp;

namespace Actors.Learning.Torch.Native;

/// <summary>
/// Loads libtorch, or says why it cannot be loaded. TorchSharp alone would answer a failure by copying 500 MB beside the program
/// and saying that a reference is missing; here the operating system's own words come out.
/// </summary>
public static class LibTorch
{
    private static readonly Lazy<string?> FirstProblem = new(() => Load(Folders()));

    /// <summary>Why libtorch cannot be loaded: the file, the problem and the remedy. Null when it is loaded now.</summary>
    public static string? Check() => FirstProblem.Value;

    /// <summary>
    /// Loads libtorch unless it is loaded. Call before the first use of TorchSharp, after
    /// <see cref="TrainingRuntime.Prepare"/>.
    /// </summary>
    /// <exception cref="LibTorchException">It cannot be loaded; the message names the file, the problem and the remedy.</exception>
    public static void EnsureLoaded()
    {
        if (Check() is { } problem)
        {
            throw new LibTorchException(problem);
        }
    }

    /// <summary>Loads the libraries from the first folder that has them, in the order in which they need each other.</summary>
    internal static string? Load(IReadOnlyList<string> folders)
    {
        foreach (var file in Files())
        {
            var path = folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists);
            if (path is null)
            {
                return $"{file} is missing; looked in {string.Join(", ", folders)}. Reference the package libtorch-cpu-" +
                    $"{RuntimeInformation.RuntimeIdentifier} in the project that runs (build/LibTorch.targets does), or reinstall.";
            }

            try
            {
                NativeLibrary.Load(path);
                CleanMemory.Ask(path);
            }
            catch (Exception problem) when (problem is DllNotFoundException or BadImageFormatException)
            {
                return $"{path} cannot be loaded: {FirstLine(problem.Message, path)}. {Remedy(problem.Message)}";
            }
        }

        if (!torch.TryInitializeDeviceType(DeviceType.CPU))
        {
            return "libtorch is loaded, but has no CPU backend; reinstall.";
        }

        TrainingRuntime.ApplyThreads();
        return null;
    }

    private static string[] Files() =>
        OperatingSystem.IsWindows() ? ["torch_cpu.dll", "LibTorchSharp.dll"]
        : OperatingSystem.IsMacOS() ? ["libtorch_cpu.dylib", "libLibTorchSharp.dylib"]
        : ["libtorch_cpu.so", "libLibTorchSharp.so"];

    private static List<string> Folders()
    {
        var hosts = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        List<string> folders =
        [
            AppContext.BaseDirectory,
            Path.Combine(AppContext.BaseDirectory, "runtimes", RuntimeInformation.RuntimeIdentifier, "native"),
            .. hosts.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        ];
        return [.. folders.Select(Path.TrimEndingDirectorySeparator).Distinct(StringComparer.Ordinal)];
    }

    // The runtime lists one line for each place it tried; the first is about the file itself.
    private static string FirstLine(string message, string path) =>
        message.Split('\n').Select(line => line.Trim()).FirstOrDefault(line => line.StartsWith(path, StringComparison.Ordinal))
            ?.TrimEnd('.') ?? message.Split('\n')[0].Trim().TrimEnd('.');

    private static string Remedy(string message) =>
        message.Contains("GLIBCXX", StringComparison.Ordinal)
            ? "The C++ runtime is older than the library asks for, and the build did not patch the library: import " +
              "build/LibTorch.targets in the project that runs and build again, or use a system with GCC 13's libstdc++."
            : "Reinstall; if a system library is named above, install it.";
}
