using Actors.Contracts.Plans;

namespace Actors.Contracts.Federations;

/// <summary>
/// The file <c>policy.yaml</c> in a collaborator's folder: which experiments its host takes part in. Nobody but the collaborator decides
/// that; without the file a person must look at each.
/// </summary>
/// <param name="Acceptance"><c>accept</c>: <c>review</c>, <c>signed-by</c> or <c>automatic</c>.</param>
/// <param name="Authors"><c>authors</c>: with <c>signed-by</c>, the operators whose experiments are accepted.</param>
/// <param name="Parallel"><c>parallel</c>: how many experiments it takes part in side by side, at least 1. Default: 1.</param>
/// <param name="Data"><c>data</c>: what data it has, in words for the operators; may be empty.</param>
/// <param name="Problems">What is wrong with the file; one with problems is not to be used.</param>
public sealed record HostPolicy(Acceptance Acceptance, IReadOnlyList<string> Authors, int Parallel, string Data, PlanProblems Problems)
{
    /// <summary>The file's name.</summary>
    public const string Name = "policy.yaml";

    private const int MostParallel = 1000;

    private static readonly IReadOnlyList<Setting> Schema =
    [
        Setting.Choice("accept", "review", "signed-by", "automatic"),
        Setting.Texts("authors"),
        Setting.Whole("parallel", 1, MostParallel, 1),
        Setting.Text("data"),
    ];

    /// <summary>A person looks at each experiment and decides.</summary>
    public static HostPolicy Review { get; } = Of(Acceptance.Review, []);

    /// <summary>All are accepted.</summary>
    public static HostPolicy Automatic { get; } = Of(Acceptance.Automatic, []);

    /// <summary>Those of the listed authors are accepted, all others refused.</summary>
    public static HostPolicy SignedBy(params IReadOnlyList<string> authors) => Of(Acceptance.SignedBy, authors);

    /// <summary>Reads a folder's file; a missing one is the same as an empty one.</summary>
    public static HostPolicy Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        return Parse(File.Exists(path) ? File.ReadAllText(path) : "");
    }

    /// <summary>Reads the file's text.</summary>
    public static HostPolicy Parse(string yaml)
    {
        var (settings, problems) = SettingsFile.Parse(yaml, Schema);
        if (problems.Count > 0)
        {
            return Review with { Problems = problems };
        }

        var acceptance = settings.Text("accept") switch
        {
            "automatic" => Acceptance.Automatic,
            "signed-by" => Acceptance.SignedBy,
            _ => Acceptance.Review,
        };
        var authors = settings.Texts("authors");
        if (acceptance == Acceptance.SignedBy && authors.Count == 0)
        {
            problems.Add("authors", default, "is missing; with accept: signed-by, write the authors' names like [alice].");
        }

        return new(acceptance, authors, (int)settings.Whole("parallel"), settings.Find("data") is null ? "" : settings.Text("data"), problems);
    }

    private static HostPolicy Of(Acceptance acceptance, IReadOnlyList<string> authors) => new(acceptance, authors, 1, "", new());

    /// <summary>What the policy says of an author's experiment, before anybody looked at it.</summary>
    public PolicyVerdict Judge(string author) => Acceptance switch
    {
        Acceptance.Automatic => new(PolicyDecision.Accept, "the policy accepts all experiments"),
        Acceptance.SignedBy => Authors.Contains(author, StringComparer.Ordinal)
            ? new(PolicyDecision.Accept, $"the policy accepts the experiments of {author}")
            : new(PolicyDecision.Refuse, $"the policy accepts the experiments of {string.Join(", ", Authors)} only, not of {author}"),
        _ => new(PolicyDecision.Review, "waits until a person has looked at plan and code"),
    };
}
