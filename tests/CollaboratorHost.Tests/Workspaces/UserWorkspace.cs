using Actors.Contracts.Workspaces;

namespace Actors.CollaboratorHost.Workspaces.Tests;

/// <summary>A small workspace with one runner, one loader and one package of its user's.</summary>
internal static class UserWorkspace
{
    public const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="System.IO.Hashing" Version="10.0.14" />
          </ItemGroup>
          <Import Project="../.actors/Actors.Workspace.props" Condition="Exists('../.actors/Actors.Workspace.props')" />
        </Project>
        """;

    private const string Runner = """
        using Actors.Contracts.Tensors;
        using Actors.Learning;

        namespace Demo;

        public abstract class Base : TaskRunner;

        public sealed class Scale : Base
        {
            private readonly byte[] _weight = new byte[4];

            public override ModelManifest Model { get; } = new([new("weight", ElementType.Float32, new(1))]);

            public uint Checksum => System.IO.Hashing.Crc32.HashToUInt32(_weight);

            public string Source => Path();

            public override void ReadModelTensor(int index, Span<byte> destination) => _weight.CopyTo(destination);

            public override void WriteModelTensor(int index, ReadOnlySpan<byte> source) => source.CopyTo(_weight);

            private static string Path([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
        }
        """;

    private const string Loader = """
        namespace Demo;

        internal sealed class Numbers : Actors.Learning.DataLoader
        {
            public override long TrainSampleCount => 3;

            public override long ValidationSampleCount => 1;
        }
        """;

    /// <summary>Writes the workspace's sources into a folder.</summary>
    public static WorkspaceLayout Create(string folder)
    {
        var layout = new WorkspaceLayout(folder);
        Write(layout, ".workspace", "current_plan_name: default\n");
        Write(layout, "src/Workspace.csproj", Project);
        Write(layout, "src/Scale.cs", Runner);
        Write(layout, "src/data/Numbers.cs", Loader);
        return layout;
    }

    /// <summary>Writes one file, with the folders above it.</summary>
    public static void Write(WorkspaceLayout layout, string path, string text)
    {
        var file = layout.Resolve(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }

    /// <summary>Copies a workspace, to be changed by one test.</summary>
    public static WorkspaceLayout Copy(WorkspaceLayout layout, string folder)
    {
        foreach (var file in Directory.EnumerateFiles(layout.Root, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(layout.Root, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return new(folder);
    }
}
