using Actors.Experiments.Virtual;

namespace Actors.Cli.Simulations;

/// <summary>The images that <c>fx simulate</c> trains on and scores with.</summary>
internal static class SimulatedImages
{
    private const int SyntheticTraining = 60_000;
    private const int SyntheticValidation = 10_000;

    /// <summary>Reads the four files of MNIST and its kin from a folder, or draws images.</summary>
    /// <param name="folder">The folder; null for synthetic images.</param>
    /// <param name="seed">What synthetic images are drawn from.</param>
    /// <exception cref="CommandException">The folder lacks one of the files.</exception>
    public static (ImageSamples Training, ImageSamples Validation) Open(string? folder, long seed) => folder is null
        ? (ImageSamples.Synthetic(SyntheticTraining, seed), ImageSamples.Synthetic(SyntheticValidation, ~seed))
        : (Read(folder, "train"), Read(folder, "t10k"));

    private static ImageSamples Read(string folder, string part) =>
        ImageSamples.Read(Find(folder, $"{part}-images-idx3-ubyte"), Find(folder, $"{part}-labels-idx1-ubyte"));

    private static string Find(string folder, string name) =>
        new[] { name, name + ".gz" }.Select(file => Path.Combine(folder, file)).FirstOrDefault(File.Exists)
            ?? throw new CommandException(
                $"{folder} has no {name} and no {name}.gz. Give the folder of MNIST's or Fashion-MNIST's four files, or leave --data out for synthetic images.");
}
