namespace Actors.Grains.Queue;

/// <summary>A host as it describes itself.</summary>
/// <param name="Parallel">How many experiments it takes part in side by side.</param>
/// <param name="Data">What data it has, in its own words; may be empty.</param>
/// <param name="Version">Its software's version.</param>
[GenerateSerializer, Immutable, Alias("attending-host")]
public sealed record AttendingHost([property: Id(0)] int Parallel, [property: Id(1)] string Data, [property: Id(2)] string Version);
