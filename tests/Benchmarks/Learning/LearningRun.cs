using System.Text.Json.Nodes;

using Actors.Experiments;

namespace Actors.Benchmarks.Learning;

/// <summary>How a part is to be run.</summary>
/// <param name="Train">The images that collaborators share out among them.</param>
/// <param name="Test">Those that no collaborator has.</param>
/// <param name="Size">How much is trained.</param>
/// <param name="Plots">The folder for plots; null for none.</param>
internal sealed record LearningRun(ImageSet Train, ImageSet Test, LearningSize Size, string? Plots)
{
    /// <summary>What is asked for: parts by their names, or pieces of them, such as <c>speedups.2NN.iid</c>. Default: everything.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Whether a piece of a part is asked for.</summary>
    /// <param name="piece">Its name, which begins with the part's.</param>
    public bool Wants(string piece) => Names.Count == 0 || Names.Any(name => IsIn(name, piece) || IsIn(piece, name));

    /// <summary>Whether a name is that of a whole or of a piece of it.</summary>
    public static bool IsIn(string whole, string name) => name == whole || name.StartsWith($"{whole}.", StringComparison.Ordinal);

    /// <summary>The value for this size.</summary>
    public T Sized<T>(T tiny, T quick, T full) => Size switch
    {
        LearningSize.Tiny => tiny,
        LearningSize.Quick => quick,
        _ => full,
    };

    /// <summary>Draws accuracies after each round, if plots are wanted.</summary>
    /// <param name="name">The file's name without its end.</param>
    /// <param name="title">What is above it.</param>
    /// <param name="curves">The accuracies by name.</param>
    public void Plot(string name, string title, IEnumerable<(string Name, IReadOnlyList<double> Accuracies)> curves)
    {
        if (Plots is not null)
        {
            LinePlot.Save(
                Path.Combine(Plots, $"{name}.png"),
                new(title, "round", "accuracy on the test set"),
                [.. curves.Select(curve => new PlotLine(curve.Name, Rounds(curve.Accuracies.Count), curve.Accuracies))]);
        }

        static double[] Rounds(int count) => [.. Enumerable.Range(1, count).Select(round => (double)round)];
    }

    /// <summary>Accuracies with four decimals.</summary>
    public static JsonArray ToJson(IEnumerable<double> accuracies) => new([.. accuracies.Select(accuracy => (JsonNode)Rounded(accuracy))]);

    /// <summary>An accuracy with four decimals.</summary>
    public static double Rounded(double accuracy) => Math.Round(accuracy, 4);
}
