using Actors.Contracts.Workspaces;
using Actors.Learning;

namespace Actors.CollaboratorHost.Workspaces.Tests;

[Collection("workspaces")]
public class NativePackageTests(BuiltWorkspaces built)
{
    private const string Package = """<PackageReference Include="SQLitePCLRaw.lib.e_sqlite3" Version="2.1.13" />""";

    private const string Runner = """
        using System.Runtime.InteropServices;
        using Actors.Contracts.Tensors;
        using Actors.Learning;

        namespace Demo;

        public sealed class Native : TaskRunner
        {
            public override ModelManifest Model { get; } = new([new("weight", ElementType.Float32, new(1))]);

            public int Version => sqlite3_libversion_number();

            public override void ReadModelTensor(int index, Span<byte> destination) => destination.Clear();

            public override void WriteModelTensor(int index, ReadOnlySpan<byte> source) { }

            [DllImport("e_sqlite3")]
            private static extern int sqlite3_libversion_number();
        }
        """;

    [Fact]
    public async Task NativeLibraries_OfTheUsersPackages_TravelAndLoadElsewhere()
    {
        var layout = UserWorkspace.Create(built.NewFolder());
        UserWorkspace.Write(layout, "src/Workspace.csproj", UserWorkspace.Project.Replace("</ItemGroup>", $"{Package}</ItemGroup>", StringComparison.Ordinal));
        UserWorkspace.Write(layout, "src/Native.cs", Runner);
        await new WorkspaceBuild(new()).RunAsync(layout, force: false, TestContext.Current.CancellationToken);

        WorkspaceArchive.Export(layout, $"{layout.Root}.zip");
        var imported = WorkspaceArchive.Import($"{layout.Root}.zip", built.NewFolder());

        using var workspace = LoadedWorkspace.Load(imported);
        var type = workspace.TaskRunnerNamed("Native");
        using var runner = (TaskRunner)Activator.CreateInstance(type)!;
        Assert.InRange((int)type.GetProperty("Version")!.GetValue(runner)!, 3_000_000, 3_999_999);
        Assert.True((await new WorkspaceVerification(new()).RunAsync(layout, TestContext.Current.CancellationToken)).Agrees);
    }
}
