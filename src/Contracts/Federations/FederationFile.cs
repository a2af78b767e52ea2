using System.Globalization;

using Actors.Contracts.Plans;

namespace Actors.Contracts.Federations;

/// <summary>
/// The file <c>federation.yaml</c> in a node's folder: where a long-lived federation is reached, as <c>address</c> and <c>port</c>. The
/// aggregator's says with <c>parallel</c> how many experiments run side by side.
/// </summary>
/// <param name="Address">The aggregator's host, as its certificate names it.</param>
/// <param name="Port">Its port.</param>
/// <param name="Parallel">How many experiments run side by side, at least 1. Default: 1.</param>
/// <param name="Problems">What is wrong with the file; one with problems is not to be used.</param>
public sealed record FederationFile(string Address, int Port, int Parallel, PlanProblems Problems)
{
    /// <summary>The file's name.</summary>
    public const string Name = "federation.yaml";

    private const int MostParallel = 1000;

    private static readonly IReadOnlyList<Setting> Schema =
    [
        new HostSetting("address").Required(),
        Setting.Whole("port", 1, 65535).Required(),
        Setting.Whole("parallel", 1, MostParallel, 1),
    ];

    /// <summary>The gateway.</summary>
    public Uri Gateway => new UriBuilder("https", Address, Port).Uri;

    /// <summary>Whether a folder is a node of a long-lived federation.</summary>
    public static bool IsIn(string folder) => File.Exists(Path.Combine(folder, Name));

    /// <summary>Reads a folder's file; a missing one is a problem.</summary>
    public static FederationFile Read(string folder)
    {
        if (IsIn(folder))
        {
            return Parse(File.ReadAllText(Path.Combine(folder, Name)));
        }

        var problems = new PlanProblems();
        problems.Add(Name, default, "is missing; make it: fx federation create.");
        return new("", 0, 1, problems);
    }

    /// <summary>Reads the file's text.</summary>
    public static FederationFile Parse(string yaml)
    {
        var (settings, problems) = SettingsFile.Parse(yaml, Schema);
        return problems.Count > 0
            ? new("", 0, 1, problems)
            : new(settings.Text("address"), (int)settings.Whole("port"), (int)settings.Whole("parallel"), problems);
    }

    /// <summary>The text of a new file.</summary>
    public static string TextOf(string address, int port) => string.Create(
        CultureInfo.InvariantCulture, $"# Where the federation's aggregator is reached.\naddress: {PlanYaml.Scalar(address)}\nport: {port}\n");
}
