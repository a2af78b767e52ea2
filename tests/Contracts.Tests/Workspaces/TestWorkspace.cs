using Actors.Contracts.Models.Tests;
using Actors.Contracts.Workspaces;

namespace Actors.Contracts.Workspaces.Tests;

/// <summary>A built workspace called <c>demo</c>, with what belongs to one site beside it.</summary>
internal sealed class TestWorkspace : IDisposable
{
    public TestWorkspace()
    {
        Layout = new(Folder.At("demo"));
        Write(".workspace", "current_plan_name: default\n");
        Write("src/Workspace.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\" />");
        Write("src/nets/Net.cs", "sealed class Net;");
        Write("src/obj/project.assets.json", "{}");
        Write("src/bin/Workspace.dll", "hand-made");
        Write("src/.vs/settings", "");
        Write("src/Workspace.csproj.user", "");
        Write("build/Workspace.dll", "agreed");
        Write("plan/plan.yaml", "aggregator: {}\n");
        Write("plan/cols.yaml", "collaborators: []\n");
        Write("plan/data.yaml", "# mine\nsite_a,/home/alice/scans\n");
        Write("plan/agreement.key", "secret");
        Write("cert/client/col_a.key", "secret");
        Write("state/aggregator.db", "state");
        Write(".actors/Actors.Workspace.props", "<Project />");
        Write("save/init.pbuf", "model");
        Write("data/local.csv", "1,2");
        Build();
    }

    public TemporaryFolder Folder { get; } = new();

    public WorkspaceLayout Layout { get; }

    public string Archive => Folder.At("demo.zip");

    public void Write(string path, string text) => Folder.Write($"demo/{path}", text);

    public void Build() => WorkspaceManifest.Of(Layout, "10.0.100").Write(Layout);

    public void Dispose() => Folder.Dispose();
}
