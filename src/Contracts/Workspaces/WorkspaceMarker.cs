using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Actors.Contracts.Workspaces;

/// <summary>What the file <c>.workspace</c> says: it is YAML, a mapping.</summary>
internal static class WorkspaceMarker
{
    /// <summary>Whether the files in <c>data/</c> belong to the workspace and travel with it: <c>ship_data: true</c>.</summary>
    /// <exception cref="WorkspaceException">The folder is no workspace, or its marker is no YAML.</exception>
    public static bool ShipsData(WorkspaceLayout layout)
    {
        if (!File.Exists(layout.MarkerFile))
        {
            throw new WorkspaceException(
                $"{layout.Root}: this is no workspace, it has no file .workspace; run 'fx workspace create' or go to the right folder.");
        }

        try
        {
            using var text = File.OpenText(layout.MarkerFile);
            var yaml = new YamlStream();
            yaml.Load(text);
            return yaml.Documents is [{ RootNode: YamlMappingNode marker }, ..]
                && marker.Children.TryGetValue(new YamlScalarNode("ship_data"), out var value)
                && value is YamlScalarNode { Value: "true" };
        }
        catch (YamlException problem)
        {
            throw new WorkspaceException($"{layout.MarkerFile}: the marker is no YAML ({problem.Message}); correct it.", problem);
        }
    }
}
