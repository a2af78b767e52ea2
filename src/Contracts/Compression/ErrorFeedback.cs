namespace Actors.Contracts.Compression;

/// <summary>The memory of an encoder whose error has a direction.</summary>
/// <param name="Last">Reads what the last encoding left out, in the model's layout; null the first time.</param>
/// <param name="Keep">Takes what this encoding leaves out, in order, all bytes of the model's layout.</param>
public sealed record ErrorFeedback(ReadAt? Last, Action<ReadOnlySpan<byte>> Keep);
