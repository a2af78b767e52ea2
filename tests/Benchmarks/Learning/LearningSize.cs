namespace Actors.Benchmarks.Learning;

/// <summary>How much is trained.</summary>
internal enum LearningSize
{
    /// <summary>Seconds: whether everything works.</summary>
    Tiny,

    /// <summary>All parts in ten minutes.</summary>
    Quick,

    /// <summary>What the page shows.</summary>
    Full,
}
