using System.Globalization;

using Actors.Learning;

namespace Synthetic;

/// <summary>No data: collaborator <c>i</c> claims 100 + <c>i</c> training samples and 50 validation samples.</summary>
/// <param name="dataPath">The index <c>i</c>, from 0.</param>
public sealed class SyntheticLoader(string dataPath) : DataLoader
{
    private readonly int _index = int.TryParse(dataPath, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        ? index
        : throw new ArgumentException($"The data path '{dataPath}' is no index: write a number from 0 in plan/data.yaml.", nameof(dataPath));

    /// <inheritdoc/>
    public override long TrainSampleCount => 100 + _index;

    /// <inheritdoc/>
    public override long ValidationSampleCount => 50;
}
