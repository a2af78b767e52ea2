using System.Security.Cryptography;
using System.Text;

namespace Actors.Contracts.OpenFl;

/// <summary>
/// A plan as the original's <c>fx</c> sees it, to name federation and aggregator as every one of its collaborators does: from a
/// hash of the plan's text as its YAML library prints it.
/// </summary>
/// <remarks>
/// A section's <c>defaults</c> file is merged as the original merges it: settings one level deep, other keys whole, the section's
/// own winning. A section without settings gets an empty map. The hash for the names is that of the plan before any <c>auto</c> is replaced.
/// </remarks>
public sealed class PythonPlan
{
    private const string Settings = "settings";
    private const string Defaults = "defaults";
    private const int ShortHash = 8;

    // The ports that the original chooses from: 49152 up to, not including, 60999.
    private const uint FirstPort = 49152;
    private const uint Ports = 60999 - FirstPort;

    private readonly PythonValue.Map _root;
    private readonly string _name;

    private PythonPlan(PythonValue.Map root, string name, IReadOnlyList<string> missing) =>
        (_root, _name, MissingDefaults) = (root, name, missing);

    /// <summary>The <c>defaults</c> files that are not there; where there are some, the names of the plan cannot be known from it.</summary>
    public IReadOnlyList<string> MissingDefaults { get; }

    /// <summary>The text that is hashed.</summary>
    public string Text => PythonYamlWriter.Write(_root);

    /// <summary>What every collaborator calls the federation and the aggregator.</summary>
    public OpenFlNames Names => OpenFlNames.OfPlan(_name, Hash(Text)[..ShortHash]);

    /// <summary>Reads a plan and merges its defaults.</summary>
    /// <param name="yaml">The plan's text.</param>
    /// <param name="fileName">The plan's file name with its extension, which is part of the federation's name.</param>
    /// <param name="readDefaults">The text of a defaults file by the name that the plan gives it; null when it is not there.</param>
    /// <exception cref="FormatException">The text is not what the original could read as a plan.</exception>
    public static PythonPlan Read(string yaml, string fileName, Func<string, string?> readDefaults)
    {
        ArgumentNullException.ThrowIfNull(readDefaults);
        if (PythonYamlReader.Read(yaml) is not PythonValue.Map root)
        {
            throw new FormatException("The plan is no map of sections.");
        }

        var missing = new List<string>();
        foreach (var (key, value) in root.Entries)
        {
            AddSettings(value as PythonValue.Map ?? throw new FormatException($"The section '{key}' of the plan is no map."));
        }

        foreach (var (key, value) in PythonKeys.Sorted(root.Entries).ToList())
        {
            root.Set(key, Merged((PythonValue.Map)value, readDefaults, missing));
        }

        return new(root, fileName, missing);
    }

    /// <summary>The port that the original takes for <c>agg_port: auto</c>, once an automatic address is replaced.</summary>
    /// <param name="address">The address that the plan says or that stands for its <c>auto</c>.</param>
    public int AutomaticPort(string address)
    {
        if ((_root.Find("network") as PythonValue.Map)?.Find(Settings) is not PythonValue.Map network)
        {
            throw new FormatException("The plan has no network section.");
        }

        var written = network.Find("agg_addr");
        network.Set("agg_addr", new PythonValue.Text(address));
        var number = Convert.ToUInt32(Hash(Text)[..ShortHash], 16);
        if (written is not null)
        {
            network.Set("agg_addr", written);
        }

        return (int)((number % Ports) + FirstPort);
    }

    private static void AddSettings(PythonValue.Map section)
    {
        if (section.Find(Settings) is null or PythonValue.None)
        {
            section.Set(Settings, new PythonValue.Map());
        }
    }

    private static PythonValue.Map Merged(PythonValue.Map section, Func<string, string?> readDefaults, List<string> missing)
    {
        var file = section.Find(Defaults);
        section.Remove(Defaults);
        if (file is null or PythonValue.None)
        {
            return section;
        }

        if (readDefaults(file.ToString()!) is not { } yaml)
        {
            missing.Add(file.ToString()!);
            return section;
        }

        if (PythonYamlReader.Read(yaml) is not PythonValue.Map merged)
        {
            return section;
        }

        if (merged.Find(Settings) is PythonValue.Map settings)
        {
            Overlay(settings, (PythonValue.Map)section.Find(Settings)!);
            section.Set(Settings, settings);
        }

        Overlay(merged, section);
        return merged;
    }

    private static void Overlay(PythonValue.Map lower, PythonValue.Map upper) => upper.Entries.ForEach(entry => lower.Set(entry.Key, entry.Value));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA384.HashData(Encoding.UTF8.GetBytes(text)));
}
