using Actors.Contracts.Federations;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;
using Actors.Experiments;
using Actors.Experiments.Federations;
using Actors.Pki;

namespace Actors.Cli.Doctor;

/// <summary>What is in the folder of a long-lived federation's node. One folder may be several nodes; each is looked at.</summary>
internal static class NodeFindings
{
    private const string Federation = "federation";

    /// <summary>Looks at it, the aggregator's being there included.</summary>
    public static async Task<IReadOnlyList<Finding>> OfAsync(WorkspaceLayout layout, TimeProvider clock, CancellationToken cancellationToken)
    {
        var file = FederationFile.Read(layout.Root);
        if (file.Problems.Count > 0)
        {
            return [Finding.Problem(Federation, file.Problems.ToText(), $"Correct {FederationFile.Name}.")];
        }

        var findings = new List<Finding> { Finding.Ok(Federation, $"its aggregator is {file.Address}:{file.Port}") };
        findings.AddRange(WorkspaceFindings.Certificates(layout, null, clock));
        var aggregates = File.Exists(layout.AggregatorKey(file.Address));
        if (aggregates)
        {
            findings.Add(WorkspaceFindings.Port(file.Port, "federation.yaml's port"));
            findings.Add(Members(CollaboratorList.Read(layout.Root)));
        }

        try
        {
            var node = FederationNode.Open(layout.Root, clock);
            foreach (var name in node.Collaborators)
            {
                findings.AddRange(Host(node, name, clock));
            }

            findings.AddRange(aggregates || node.Collaborators.Count > 0 || node.Operators.Count > 0 ? [] : [Nobody]);
            findings.Add(await new AggregatorReach(DialledAggregator.Of(node), clock).FindAsync(cancellationToken));
        }
        catch (Exception problem) when (problem is ExperimentException or PkiException)
        {
            findings.Add(Finding.Problem("trust", problem.Message));
        }

        return findings;
    }

    private static Finding Nobody => Finding.Warning(
        "node",
        "the folder is nobody's yet",
        "Ask for a certificate: fx collaborator generate-cert-request -n LABEL -d DATA, or fx operator generate-cert-request -n LABEL; on the aggregator "
        + "run: fx aggregator generate-cert-request");

    private static Finding Members(CollaboratorList list) => list switch
    {
        { Problems.Count: > 0 } => Finding.Problem("members", list.Problems.ToText(), "Correct plan/cols.yaml."),
        { Names.Count: 0 } => Finding.Warning("members", "there are none", "Sign a collaborator's request: fx collaborator certify --request-pkg ZIP"),
        _ => Finding.Ok("members", string.Join(", ", list.Names)),
    };

    private static IEnumerable<Finding> Host(FederationNode node, string name, TimeProvider clock)
    {
        yield return Policy(HostPolicy.Read(node.Layout.Root));
        yield return Data(node.Layout, DataPaths.Read(node.Layout.Root), name);
        if (new FederationHost(node, name, clock).Experiments.Where(one => one is { Problem: null, Accepts: null }).ToList() is { Count: > 0 } waiting)
        {
            yield return Finding.Warning(
                $"reviews of {name}",
                $"not decided yet: {string.Join(", ", waiting.Select(one => one.Name))}",
                "Look at one with: fx experiment review -n NAME");
        }
    }

    private static Finding Policy(HostPolicy policy) => policy switch
    {
        { Problems.Count: > 0 } => Finding.Problem("policy", policy.Problems.ToText(), $"Correct {HostPolicy.Name}; until then the host does not start."),
        { Acceptance: Acceptance.Automatic } => Finding.Warning(
            "policy", "it takes part in every operator's experiments", "Whoever may submit has code run here; accept: review has a person look first."),
        { Acceptance: Acceptance.SignedBy } => Finding.Ok("policy", $"it takes part in the experiments of {string.Join(", ", policy.Authors)}"),
        _ => Finding.Ok("policy", "a person looks at each experiment"),
    };

    private static Finding Data(WorkspaceLayout layout, DataPaths paths, string name)
    {
        var what = $"data of {name}";
        if (paths.Problems.Count > 0)
        {
            return Finding.Problem(what, paths.Problems.ToText(), "Correct plan/data.yaml.");
        }

        return paths.Find(name) switch
        {
            null => Finding.Problem(what, "plan/data.yaml does not name them", $"Run: fx collaborator create -n {name} -d PATH"),
            var path when Path.Exists(layout.Resolve(path)) => Finding.Ok(what, path),
            var path => Finding.Warning(what, $"{path} is no file or folder here", "As it should be where experiments take it for something else, such as a shard's number."),
        };
    }
}
