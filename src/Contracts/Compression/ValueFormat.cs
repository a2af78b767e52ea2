namespace Actors.Contracts.Compression;

/// <summary>How a pipeline writes values. The numbers are in encoded files: add, never change.</summary>
public enum ValueFormat
{
    /// <summary>As they are.</summary>
    Float32 = 1,

    /// <summary>IEEE 754 binary16, rounded to nearest.</summary>
    Float16 = 2,

    /// <summary>The upper half of binary32, rounded to nearest.</summary>
    BFloat16 = 3,

    /// <summary>8-bit integers times a scale, rounded at random without bias.</summary>
    Int8 = 4,

    /// <summary>4-bit integers times a scale, rounded at random without bias.</summary>
    Int4 = 5,

    /// <summary>A sign times the mean magnitude.</summary>
    Ternary = 6,

    /// <summary>The nearest of a few centroids.</summary>
    KMeans = 7,

    /// <summary>A random rotation, then the quantiser that is best for a normal distribution.</summary>
    Eden = 8,
}
