namespace Actors.Grains.Aggregation;

/// <summary>What a rule that looks at the updates as a whole saw of one of them.</summary>
/// <param name="Norm">The length of its change.</param>
/// <param name="TypicalNorm">The round's <see cref="UpdateGeometry.TypicalNorm"/>.</param>
/// <param name="Cosine">How it points, compared with the others, from -1 to 1; NaN where there is nothing to compare.</param>
/// <param name="Counted">Its coefficient in the result.</param>
internal sealed record UpdateMeasure(double Norm, double TypicalNorm, double Cosine, double Counted);
