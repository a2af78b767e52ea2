using System.CommandLine;
using System.Text.Json;

using Actors.Cli.Composition;
using Actors.Contracts;
using Actors.Contracts.Models;
using Actors.Contracts.OpenFl;
using Actors.Contracts.Plans;
using Actors.Contracts.Workspaces;

using Spectre.Console;

namespace Actors.Cli.Models;

/// <summary><c>fx model save | inspect | evaluate</c></summary>
internal static class ModelCommands
{
    private static readonly Option<string> Input = new("--input", "-i") { Description = "The model file (.pbuf).", Required = true };
    private static readonly Option<string> Output = new("--output", "-o") { Description = "The file to write.", DefaultValueFactory = _ => "output_model" };
    private static readonly Argument<string> File = new("file") { Description = "The model file (.pbuf)." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON." };
    private static readonly Option<string> Format = MakeFormat();

    /// <summary>The group.</summary>
    public static Command Build(Terminal terminal)
    {
        var inspect = new Command("inspect", "Show what is in a model file.")
            .Does("fx model inspect save/torch_cnn_digits_last.pbuf", [Json], parsed => Inspect(parsed, terminal));
        inspect.Arguments.Add(File);
        return CommandGroup.Of(
            "model",
            "Model files.",
            new Command("save", "Write a model file in another format.").Does(
                "fx model save -i save/torch_cnn_digits_last.pbuf -o model.safetensors", [Input, Output, Format], parsed => Save(parsed, terminal)),
            inspect,
            ModelEvaluate.Build(terminal));
    }

    private static int Inspect(ParseResult parsed, Terminal terminal)
    {
        var path = WorkspacePlan.Existing(terminal, parsed.GetRequiredValue(File));
        using var model = ModelFile.Read(path, PipelineHere(terminal));
        if (parsed.GetValue(Json))
        {
            terminal.Say(JsonSerializer.Serialize(new
            {
                file = path,
                round = model.Round,
                parameters = model.Manifest.ParameterCount,
                tensors = model.Manifest.Tensors.Select(tensor => new
                {
                    name = tensor.Name,
                    type = tensor.Type.ToString(),
                    shape = tensor.Shape.Axes,
                }),
            }));
            return ExitCode.Ok;
        }

        var table = new Table().AddColumns("tensor", "type", "shape");
        foreach (var tensor in model.Manifest.Tensors)
        {
            table.AddRow(Markup.Escape(tensor.Name), tensor.Type.ToString(), Markup.Escape(tensor.Shape.ToString()));
        }

        terminal.Output.Write(table);
        terminal.Say($"Round {model.Round}, {model.Manifest.Tensors.Length} tensors, {model.Manifest.ParameterCount:N0} parameters.");
        return ExitCode.Ok;
    }

    private static int Save(ParseResult parsed, Terminal terminal)
    {
        var (from, to) = (WorkspacePlan.Existing(terminal, parsed.GetRequiredValue(Input)), terminal.PathOf(parsed.GetRequiredValue(Output)));
        using var model = ModelFile.Read(from, PipelineHere(terminal));
        if (parsed.GetValue(Format) == "torch")
        {
            var layout = WorkspacePlan.Open(terminal.Folder);
            using var loaded = LoadedPlan.Load(layout, WorkspacePlan.Running(layout, terminal), AnyData(layout.Root));
            loaded.Runner.Load(model, from);
            AtomicFile.Replace(to, loaded.Runner.SaveNative);
        }
        else
        {
            SafetensorsFile.Write(to, model, new Dictionary<string, string> { ["format"] = "pt" });
        }

        terminal.Say($"{to} is written.");
        return ExitCode.Ok;
    }

    // A file that went through a pipeline does not say through which: the plan of the workspace does.
    private static ITensorPipeline PipelineHere(Terminal terminal) =>
        new WorkspaceLayout(terminal.Folder) is var layout && System.IO.File.Exists(layout.MarkerFile) && OriginalWorkspace.Is(layout)
            ? TensorPipelines.Find(WorkspacePlan.Running(layout, terminal).Compression.Template)
            : new NoCompression();

    private static string AnyData(string workspace) => DataPaths.Read(workspace).Entries is [var first, ..] ? first.Path : "1";

    private static Option<string> MakeFormat()
    {
        var option = new Option<string>("--format")
        {
            Description = "safetensors, or torch for the state dict of the workspace's TorchSharp network.",
            DefaultValueFactory = _ => "safetensors",
        };
        option.AcceptOnlyFromAmong("safetensors", "torch");
        return option;
    }
}
