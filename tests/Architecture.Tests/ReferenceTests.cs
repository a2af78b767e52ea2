namespace Actors.Architecture.Tests;

/// <summary>Who may know whom: the wall of ARCHITECTURE.md, for every project there is.</summary>
public class ReferenceTests
{
    private static readonly Dictionary<string, string[]> Wall = new()
    {
        ["Contracts"] = [],
        ["Pki"] = [],
        ["Grains"] = ["Contracts"],
        ["Silo"] = ["Grains"],
        ["Learning"] = ["Contracts"],
        ["CollaboratorHost"] = ["Learning"],
        ["Experiments"] = ["CollaboratorHost", "Pki", "Silo"],
        ["Cli"] = ["CollaboratorHost", "Experiments", "Pki", "Silo"],
    };

    [Fact]
    public void EveryProject_IsOnOneSideOfTheWall() =>
        Assert.Equal(Wall.Keys.Order(StringComparer.Ordinal), SourceProject.All.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_KnowsOnlyWhomItMay(string project) => Assert.Equal(Wall[project], SourceProject.All[project].References);

    [Theory]
    [InlineData("TorchSharp", "Learning", "CollaboratorHost", "Experiments", "Cli")]
    [InlineData("libtorch", "Cli")]
    [InlineData("Microsoft.Orleans", "Grains", "Silo", "Experiments", "Cli")]
    [InlineData("Grpc.AspNetCore", "Silo", "Experiments", "Cli")]
    [InlineData("Grpc.Net.Client", "CollaboratorHost", "Silo", "Experiments", "Cli")]
    [InlineData("BouncyCastle", "Pki", "Experiments", "Cli")]
    [InlineData("Spectre.Console", "Experiments", "Cli")]
    [InlineData("ScottPlot", "Experiments", "Cli")]
    [InlineData("System.CommandLine", "Cli")]
    public void Package_ReachesOnlyThoseWhoNeedIt(string package, params string[] projects)
    {
        var reached = SourceProject.All.Values
            .Where(project => project.Packages.Any(name => name.StartsWith(package, StringComparison.OrdinalIgnoreCase)))
            .Select(project => project.Name);
        Assert.Equal(projects.Order(StringComparer.Ordinal), reached.Order(StringComparer.Ordinal));
    }

    /// <summary>The names of the projects.</summary>
    public static TheoryData<string> Projects() => [.. Wall.Keys];
}
