using System.Security.Cryptography;

namespace Actors.Cli.Composition;

/// <summary>The model files that are left.</summary>
internal sealed record SavedModels(SavedModel Last, SavedModel? Best);

/// <summary>One model file.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Sha256">The digest of its bytes, lower-case hexadecimal.</param>
internal sealed record SavedModel(string Path, string Sha256)
{
    /// <summary>Looks at a file; null when it is not there or none is named.</summary>
    public static SavedModel? At(string? path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenRead(path);
        return new(path, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}
