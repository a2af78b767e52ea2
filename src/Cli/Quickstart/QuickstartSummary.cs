using System.Text.Json;
using System.Text.Json.Serialization;

using Actors.Cli.Composition;

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

/// <summary>What a process used.</summary>
internal sealed record ProcessUse(double CpuSeconds, long PeakRssBytes)
{
    /// <summary>Takes the figures of a process.</summary>
    public static ProcessUse Of(FxProcess process) => new(process.CpuTime.TotalSeconds, process.PeakRssBytes);
}
