using System.Globalization;

using Actors.Contracts.OpenFl;

namespace Actors.Contracts.Plans;

/// <summary>A plan's text with the aggregator's address and port filled in, or why that was not possible.</summary>
/// <param name="Yaml">The resolved text; null exactly when there are problems.</param>
/// <param name="Problems">What stood in the way; empty when the plan is resolved.</param>
public sealed record PlanInitialization(string? Yaml, PlanProblems Problems)
{
    private static readonly string[] AddressKeys = [PlanKeys.Network, PlanKeys.Settings, "agg_addr"];
    private static readonly string[] PortKeys = [PlanKeys.Network, PlanKeys.Settings, "agg_port"];

    /// <summary>
    /// Replaces <c>auto</c> in a plan's text. Every other character stays; a value that the text leaves to its defaults file is
    /// written into the <c>network</c> section. Resolving a resolved plan again changes nothing.
    /// </summary>
    /// <param name="yamlText">The plan, complete or not; it is only checked as far as this needs.</param>
    /// <param name="address">The address to write whatever the plan says; null keeps the plan's, and takes <paramref name="fqdn"/> for <c>auto</c>.</param>
    /// <param name="fqdn">This machine's full name.</param>
    /// <param name="readDefaults">The text of a defaults file by its path inside the workspace, null when there is none; left out, there are none.</param>
    /// <param name="servesOriginals">Whether defaults files may be missing, as they came with an installed original.</param>
    /// <returns>
    /// The text and no problems, or problems. The port is the original's, of the plan with its address filled in and its port
    /// still <c>auto</c>: <see cref="PythonPlan.AutomaticPort"/>.
    /// </returns>
    public static PlanInitialization Resolve(
        string yamlText, string? address, string fqdn, Func<string, string?>? readDefaults = null, bool servesOriginals = false)
    {
        ArgumentNullException.ThrowIfNull(yamlText);
        ArgumentException.ThrowIfNullOrEmpty(fqdn);
        var read = OriginalDefaults.From(readDefaults, servesOriginals);
        var problems = new PlanProblems();
        var yaml = ResolveAddress(yamlText, address, fqdn, read, problems);
        yaml = yaml is null ? null : ResolvePort(yaml, read, readDefaults ?? (_ => null), problems);
        return new PlanInitialization(problems.Count == 0 ? yaml : null, problems);
    }

    /// <summary>Resolves the file <c>plan/plan.yaml</c> of a workspace in place, whole or not at all; see <see cref="Resolve"/>.</summary>
    /// <param name="workspace">The workspace's folder.</param>
    /// <param name="address">As for <see cref="Resolve"/>.</param>
    /// <param name="fqdn">As for <see cref="Resolve"/>.</param>
    /// <returns>The text that is in the file now, or the problems; then the file is as it was.</returns>
    public static PlanInitialization ResolveWorkspace(string workspace, string? address, string fqdn)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspace);
        if (PlanFolder.Read(workspace, PlanFolder.Plan) is not { } text)
        {
            var problems = new PlanProblems();
            problems.Add(PlanFolder.Plan, default, "cannot be read; put a plan there.");
            return new PlanInitialization(null, problems);
        }

        var resolved = Resolve(text, address, fqdn, defaults => PlanFolder.Read(workspace, defaults));
        if (resolved.Yaml is { } yaml && yaml != text)
        {
            PlanFolder.Write(Path.Combine(workspace, PlanFolder.Plan), yaml);
        }

        return resolved;
    }

    private static string? ResolveAddress(string yaml, string? address, string fqdn, Func<string, string?> read, PlanProblems problems)
    {
        if (PlanDocument.Parse(yaml, read, problems) is not { } document || (address is null && !IsAuto(document, AddressKeys)))
        {
            return problems.Count == 0 ? yaml : null;
        }

        var host = address ?? fqdn;
        if (!HostSetting.IsHost(host))
        {
            problems.Add("", default, $"{PlanYaml.Quoted(host)} is not a host; give a host name or IP address without port.");
            return null;
        }

        return Find(document, AddressKeys) is PlanValue.Text { Value: var written } && written == host ? yaml : Set(yaml, AddressKeys, PlanYaml.Scalar(host), problems);
    }

    private static string? ResolvePort(string yaml, Func<string, string?> read, Func<string, string?> readPresent, PlanProblems problems)
    {
        if (PlanDocument.Parse(yaml, read, problems) is not { } document || !IsAuto(document, PortKeys))
        {
            return yaml;
        }

        try
        {
            var address = (Find(document, AddressKeys) as PlanValue.Text)?.Value ?? PlanKeys.Auto;
            var plan = PythonPlan.Read(yaml, Path.GetFileName(PlanFolder.Plan), readPresent);
            if (plan.MissingDefaults.Count > 0)
            {
                problems.Add(
                    "",
                    default,
                    $"The port of agg_port: auto follows from the whole plan, which lacks {string.Join(", ", plan.MissingDefaults)}; "
                    + "copy that from the installed OpenFL, or write the port that collaborators dial.");
                return null;
            }

            var port = plan.AutomaticPort(address);
            return Set(yaml, PortKeys, port.ToString(CultureInfo.InvariantCulture), problems);
        }
        catch (FormatException problem)
        {
            problems.Add(string.Join('.', PortKeys), default, $"cannot be found as the original finds it, {problem.Message} Write a port.");
            return null;
        }
    }

    private static string? Set(string yaml, string[] keys, string scalar, PlanProblems problems)
    {
        var edited = YamlEdit.Set(yaml, keys, scalar);
        if (edited is null)
        {
            problems.Add(string.Join('.', keys), default, $"cannot be written in place; write {keys[^1]}: {scalar} under network: settings: by hand.");
        }

        return edited;
    }

    private static bool IsAuto(PlanDocument document, string[] keys) => Find(document, keys) is null or PlanValue.Text { Value: PlanKeys.Auto };

    private static PlanValue? Find(PlanDocument document, string[] keys) =>
        keys.Aggregate((PlanValue?)document.Root, (value, key) => (value as PlanValue.Map)?.Find(key));
}
