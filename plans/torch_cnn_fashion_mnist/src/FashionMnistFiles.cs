using System.Security.Cryptography;

namespace TorchCnnFashionMnist;

/// <summary>
/// Finds the four files of Fashion-MNIST: in the folder that the plan names, in the cache, where Debian's package
/// <c>dataset-fashion-mnist</c> puts them, or at their publisher's, from where they go into the cache.
/// </summary>
/// <param name="http">For the download.</param>
/// <param name="folder">The folder that the plan names; null for none.</param>
/// <param name="cache">The folder to keep downloads in; need not exist.</param>
/// <param name="system">Where the operating system's package puts the files.</param>
public sealed class FashionMnistFiles(HttpMessageInvoker http, string? folder, string cache, string system = FashionMnistFiles.DebianFolder)
{
    /// <summary>Where Debian's package puts the files.</summary>
    public const string DebianFolder = "/usr/share/datasets/fashion-mnist";

    private const string Publisher = "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/";

    private static readonly Dictionary<string, string> Sha256 = new(StringComparer.Ordinal)
    {
        ["train-images-idx3-ubyte.gz"] = "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
        ["train-labels-idx1-ubyte.gz"] = "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
        ["t10k-images-idx3-ubyte.gz"] = "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
        ["t10k-labels-idx1-ubyte.gz"] = "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
    };

    /// <summary>The user's cache: below <c>XDG_CACHE_HOME</c>, or <c>~/.cache</c>.</summary>
    public static string UserCache()
    {
        var home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return string.IsNullOrEmpty(home)
            ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "actors", "fashion-mnist")
            : Path.Combine(home, "actors", "fashion-mnist");
    }

    /// <summary>The path of a file, downloaded if need be.</summary>
    /// <param name="name">One of the four names.</param>
    /// <exception cref="FileNotFoundException">It is nowhere, and could not be downloaded; the message says where to put it.</exception>
    /// <exception cref="InvalidDataException">What was downloaded is not the published file.</exception>
    public string Find(string name)
    {
        string?[] folders = [folder, cache, system];
        return folders.Where(place => place is not null).Select(place => Path.Combine(place!, name)).FirstOrDefault(File.Exists)
            ?? Download(name);
    }

    private string Download(string name)
    {
        byte[] bytes;
        try
        {
            using var answer = http.Send(new(HttpMethod.Get, Publisher + name), CancellationToken.None);
            answer.EnsureSuccessStatusCode();
            using var body = new MemoryStream();
            answer.Content.ReadAsStream().CopyTo(body);
            bytes = body.ToArray();
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException)
        {
            throw new FileNotFoundException(
                $"{name} is not in {folder ?? cache}, {cache} or {system}, and could not be downloaded from {Publisher}: {problem.Message} " +
                $"Put the four files of Fashion-MNIST into one of these folders (Debian: apt install dataset-fashion-mnist).", name, problem);
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(bytes));
        if (digest != Sha256[name])
        {
            throw new InvalidDataException($"{Publisher}{name} has the SHA-256 {digest}, expected {Sha256[name]}; it was not kept.");
        }

        // Collaborators on one machine may do this at the same time: the file appears under its name complete or not at all.
        Directory.CreateDirectory(cache);
        var (path, beside) = (Path.Combine(cache, name), Path.Combine(cache, $"{name}.{Guid.NewGuid():N}"));
        File.WriteAllBytes(beside, bytes);
        File.Move(beside, path, overwrite: true);
        return path;
    }
}
