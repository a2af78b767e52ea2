namespace Actors.CollaboratorHost.Workspaces;

/// <summary>With what a workspace is built.</summary>
public sealed class WorkspaceBuildOptions
{
    /// <summary>The folder with the libraries a workspace compiles against. Default: the folder of the running program.</summary>
    public string ActorsHome { get; set; } = AppContext.BaseDirectory;

    /// <summary>The SDK's <c>dotnet</c>. Default: the one that runs this program, else the one on the path.</summary>
    public string DotNet { get; set; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
