using Actors.Contracts.Workspaces;

namespace Actors.Contracts.Workspaces.Tests;

public class WorkspaceLayoutTests
{
    private static readonly WorkspaceLayout Layout = new(Path.Combine(Path.GetTempPath(), "demo") + Path.DirectorySeparatorChar);

    [Fact]
    public void Name_IsThatOfTheFolder() => Assert.Equal("demo", Layout.Name);

    [Fact]
    public void Places_AreThoseOfTheOriginal()
    {
        string Relative(string path) => Path.GetRelativePath(Layout.Root, path).Replace('\\', '/');
        Assert.Equal("plan/plan.yaml", Relative(Layout.PlanFile));
        Assert.Equal("cert/server/agg_agg.example.org.crt", Relative(Layout.AggregatorCertificate("AGG.example.org")));
        Assert.Equal("cert/client/col_Site_A.key", Relative(Layout.CollaboratorKey("Site_A")));
        Assert.Equal("save/init.pbuf", Relative(Layout.Resolve("save/init.pbuf")));
    }
}
