using System.Globalization;

using Actors.Learning;

namespace LogisticBreastCancer;

/// <summary>
/// A table with numbers in all columns but the last, which is the class. Each collaborator takes its shard of the rows, keeps
/// every fourth of them for validation, and scales each feature to mean 0 and variance 1 over its own training rows.
/// </summary>
public sealed class TabularLoader : DataLoader
{
    /// <summary>Reads the shard.</summary>
    /// <param name="dataPath">The shard's number, from 1.</param>
    /// <param name="file">A first line with the numbers of rows and features and the names of the classes, then one row a line.</param>
    /// <param name="collaboratorCount">The number of shards.</param>
    public TabularLoader(string dataPath, string file = "data/breast_cancer.csv", int collaboratorCount = 2)
    {
        var header = File.ReadLines(file).First().Split(',');
        FeatureCount = int.Parse(header[1], CultureInfo.InvariantCulture);
        ClassCount = header.Length - 2;
        var rows = File.ReadLines(file).Skip(1).Select(Row.Parse).ToList();
        var shard = Shards.Of(Shards.Parse(dataPath, collaboratorCount), collaboratorCount, rows.Count);
        Train = [.. shard.Where((_, place) => place % 4 != 3).Select(index => rows[index])];
        Validation = [.. shard.Where((_, place) => place % 4 == 3).Select(index => rows[index])];
        Standardise();
    }

    /// <summary>The number of features.</summary>
    public int FeatureCount { get; }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The rows to train on.</summary>
    public IReadOnlyList<Row> Train { get; }

    /// <summary>The rows to measure on.</summary>
    public IReadOnlyList<Row> Validation { get; }

    /// <inheritdoc/>
    public override long TrainSampleCount => Train.Count;

    /// <inheritdoc/>
    public override long ValidationSampleCount => Validation.Count;

    private void Standardise()
    {
        for (var feature = 0; feature < FeatureCount; feature++)
        {
            var mean = Train.Average(row => row.Features[feature]);
            var deviation = Math.Sqrt(Train.Average(row => Math.Pow(row.Features[feature] - mean, 2)));
            foreach (var row in Train.Concat(Validation))
            {
                row.Features[feature] = deviation > 0 ? (row.Features[feature] - mean) / deviation : 0;
            }
        }
    }

    /// <summary>One row.</summary>
    /// <param name="Features">The numbers; the loader scales them in place.</param>
    /// <param name="Class">The class, from 0.</param>
    public sealed record Row(double[] Features, int Class)
    {
        internal static Row Parse(string line)
        {
            var numbers = line.Split(',');
            var features = numbers[..^1].Select(number => double.Parse(number, CultureInfo.InvariantCulture));
            return new([.. features], int.Parse(numbers[^1], CultureInfo.InvariantCulture));
        }
    }
}
