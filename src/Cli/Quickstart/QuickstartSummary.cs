using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Actors.Cli.Quickstart;

/// <summary>What a quickstart came to; its JSON form is what <c>--json</c> writes.</summary>
internal sealed record QuickstartSummary(
    string Template,
    int Collaborators,
    IReadOnlyList<RoundLine> Rounds,
    IReadOnlyDictionary<string, double> Initial,
    IReadOnlyDictionary<string, double> Final,
    SavedModels Model,
    ProcessUse Silo,
    IReadOnlyDictionary<string, ProcessUse> CollaboratorUse)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}

/// <summary>The model files that are left.</summary>
internal sealed record SavedModels(SavedModel Last, SavedModel? Best);

/// <summary>One model file.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Sha256">The digest of its bytes, lower-case hexadecimal.</param>
internal sealed record SavedModel(string Path, string Sha256)
{
    /// <summary>Looks at a file; null when it is not there.</summary>
    public static SavedModel? At(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenRead(path);
        return new(path, Convert.ToHexStringLower(SHA256.HashData(file)));
    }
}

/// <summary>What a process used.</summary>
internal sealed record ProcessUse(double CpuSeconds, long PeakRssBytes)
{
    /// <summary>Takes the figures of a process.</summary>
    public static ProcessUse Of(FxProcess process) => new(process.CpuTime.TotalSeconds, process.PeakRssBytes);
}
