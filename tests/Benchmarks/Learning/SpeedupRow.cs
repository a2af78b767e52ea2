namespace Actors.Benchmarks.Learning;

/// <summary>A row of a table of McMahan et al. 2017: how much a collaborator computes in a round, and how many rounds that takes.</summary>
/// <param name="Epochs">E, passes over the local data.</param>
/// <param name="BatchSize">B; null for all local data at once.</param>
/// <param name="PaperIid">The paper's rounds to its target with IID shards.</param>
/// <param name="PaperNonIid">The paper's rounds to its target with two-class shards.</param>
internal sealed record SpeedupRow(int Epochs, int? BatchSize, double PaperIid, double PaperNonIid)
{
    /// <summary>The step sizes that are tried with IID shards; the best one counts, as in the paper.</summary>
    public required double[] IidRates { get; init; }

    /// <summary>The step sizes that are tried with two-class shards.</summary>
    public required double[] NonIidRates { get; init; }

    /// <summary>The row with the first step size only.</summary>
    public SpeedupRow WithOneRate() => this with { IidRates = IidRates[..1], NonIidRates = NonIidRates[..1] };

    /// <summary>What the paper calls u: the steps of a collaborator in a round.</summary>
    /// <param name="samples">A collaborator's samples.</param>
    public double Steps(double samples) => Epochs * (BatchSize is { } size ? samples / size : 1);

    /// <summary>The row, as <c>E=1 B=10</c>.</summary>
    public override string ToString() => $"E={Epochs} B={(BatchSize is { } size ? $"{size}" : "∞")}";
}
