using System.CommandLine;

using Actors.Cli.Composition;
using Actors.Contracts.Plans;

namespace Actors.Cli.Workspaces;

/// <summary><c>fx workspace create</c></summary>
internal static class WorkspaceCreate
{
    private static readonly Option<string> Prefix = new("--prefix") { Description = "The folder to make the workspace in.", Required = true };

    private static readonly Option<string> Template = MakeTemplate();

    /// <summary>The command.</summary>
    public static Command Build(Terminal terminal) =>
        new Command("create", "Make a workspace of a template.")
            .Does("fx workspace create --prefix my_federation --template torch_cnn_digits", [Prefix, Template], parsed => Run(parsed, terminal));

    private static Option<string> MakeTemplate()
    {
        var option = new Option<string>("--template") { Description = "The template; leave it out to see which there are." };
        option.CompletionSources.Add(_ => Templates.Names);
        return option;
    }

    private static int Run(ParseResult parsed, Terminal terminal)
    {
        if (parsed.GetValue(Template) is not { } template)
        {
            terminal.Say("The templates; choose one with --template:");
            foreach (var name in Templates.Names)
            {
                terminal.Say($"  {name,-24} {DescriptionOf(name)}");
            }

            return ExitCode.Ok;
        }

        var layout = Templates.Create(template, terminal.PathOf(parsed.GetRequiredValue(Prefix)));
        terminal.Say($"The workspace {layout.Name} is made of {template} in {layout.Root}.");
        terminal.Say($"Next: cd {layout.Root} && fx plan initialize");
        return ExitCode.Ok;
    }

    private static string DescriptionOf(string template) =>
        Templates.DescriptionOf(template) is { Length: > 0 } description ? description : PlanLine(template);

    private static string PlanLine(string template)
    {
        var file = Path.Combine(AppContext.BaseDirectory, "plans", template, "plan", "plan.yaml");
        return File.Exists(file) && new PlanReader().Read(File.ReadAllText(file)).Plan is { } plan
            ? $"{plan.TaskRunner.ClassName}, {plan.Aggregator.RoundsToTrain} rounds"
            : "";
    }
}
