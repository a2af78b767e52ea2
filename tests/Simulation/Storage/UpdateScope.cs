namespace Actors.Simulation.Storage;

/// <summary>Where updates lie: mirrors <c>TensorScope</c>.</summary>
/// <param name="Number">The round; in an asynchronous experiment a turn.</param>
/// <param name="Contributor">Whose turn it is; null for a round.</param>
internal readonly record struct UpdateScope(int Number, int? Contributor)
{
    public override string ToString() => Contributor is { } index ? $"turn {Number} of c{index}" : $"round {Number}";
}
