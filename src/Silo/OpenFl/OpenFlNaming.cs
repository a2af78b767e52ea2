using System.Text.Json;

using Actors.Contracts;
using Actors.Contracts.OpenFl;
using Actors.Contracts.Wire.OpenFl;

using Microsoft.Extensions.Logging;

namespace Actors.Silo.OpenFl;

/// <summary>
/// Knows what collaborators call federation and aggregator. Where that does not follow from the plan, the first authenticated
/// call says it, for good: a restart remembers it, and who says otherwise is refused.
/// </summary>
internal sealed partial class OpenFlNaming(OpenFlOptions options, ILogger<OpenFlNaming> logger)
{
    // The tensor codec of the original's collaborators looks for this word.
    private const string Word = "aggregator";
    private const int LongestName = 1024;

    private readonly object _gate = new();
    private OpenFlNames? _names = options.Names;

    private string PinFile => Path.Combine(options.Folder, "names.json");

    /// <summary>What is wrong with a header of an authenticated call, as a sentence with the remedy; null when it is right.</summary>
    public string? ProblemWith(MessageHeader header)
    {
        if (header.SingleColCertCommonName.Length > 0)
        {
            return "The plan gives all collaborators one certificate. Give each its own and remove single_col_cert_common_name.";
        }

        var said = new OpenFlNames(header.FederationUuid, header.Receiver);
        var known = NamesOr(said);
        return known is null
            ? $"'{Shown(said.Aggregator)}' and '{Shown(said.Federation)}' are no names of an aggregator and its federation."
            : said == known
            ? null
            : $"The collaborator speaks to '{Shown(said.Aggregator)}' of '{Shown(said.Federation)}', this is '{known.Aggregator}' of "
                + $"'{known.Federation}'. Both follow from the plan: give the collaborator the aggregator's plan/plan.yaml.";
    }

    private OpenFlNames? NamesOr(OpenFlNames said)
    {
        lock (_gate)
        {
            return _names ??= Pinned() ?? Pin(said);
        }
    }

    private OpenFlNames? Pinned() =>
        File.Exists(PinFile) ? JsonSerializer.Deserialize<OpenFlNames>(File.ReadAllText(PinFile)) : null;

    private OpenFlNames? Pin(OpenFlNames said)
    {
        if (said.Federation.Length is 0 or > LongestName || said.Aggregator.Length > LongestName || !said.Aggregator.Contains(Word, StringComparison.Ordinal))
        {
            return null;
        }

        Directory.CreateDirectory(options.Folder);
        AtomicFile.Write(PinFile, stream => JsonSerializer.Serialize(stream, said));
        LogPinned(logger, said.Federation, said.Aggregator);
        return said;
    }

    private static string Shown(string text) => text.Length <= LongestName ? text : text[..LongestName] + "…";

    [LoggerMessage(LogLevel.Information, "OpenFL collaborators call the federation {Federation} and the aggregator {Aggregator}; from now on all must")]
    private static partial void LogPinned(ILogger logger, string federation, string aggregator);
}
