namespace Actors.EndToEnd.Running;

/// <summary>The steps of the OpenFL paper, section 2.5, up to the start of the federation.</summary>
internal static class PaperSteps
{
    /// <summary>Steps 2 to 10, on the aggregator node. Steps 1 and 4 are the installation.</summary>
    public static async Task PrepareAggregatorAsync(Nodes nodes, string template, Action change)
    {
        await Fx.RunAsync(nodes.Machine("aggregator"), "workspace", "create", "--prefix", Nodes.Workspace, "--template", template);
        nodes.ChangePlan("agg_port: auto", $"agg_port: {Nodes.FreePort()}");
        change();
        await Fx.RunAsync(nodes.Aggregator, "plan", "initialize", "-a", "localhost");
        await Fx.RunAsync(nodes.Aggregator, "workspace", "certify");
        await Fx.RunAsync(nodes.Aggregator, "aggregator", "generate-cert-request", "--fqdn", "localhost");
        await Fx.RunAsync(nodes.Aggregator, "aggregator", "certify", "--fqdn", "localhost", "--silent");
        await Fx.RunAsync(nodes.Aggregator, "workspace", "export");
    }

    /// <summary>Steps 11 to 16, for one collaborator.</summary>
    public static async Task AdmitAsync(Nodes nodes, string name, string data)
    {
        var archive = Nodes.Carry(Path.Combine(nodes.Aggregator, $"{Nodes.Workspace}.zip"), nodes.Machine(name));
        await Fx.RunAsync(nodes.Machine(name), "workspace", "import", "--archive", archive);
        var node = nodes.Collaborator(name);
        await Fx.RunAsync(node, "collaborator", "generate-cert-request", "-n", name, "-d", data);

        var request = Nodes.Carry(Path.Combine(node, $"col_{name}_to_agg_cert_request.zip"), nodes.Machine("aggregator"));
        await Fx.RunAsync(nodes.Aggregator, "collaborator", "certify", "--request-pkg", request, "--silent");

        var signed = Nodes.Carry(Path.Combine(nodes.Aggregator, $"agg_to_col_{name}_signed_cert.zip"), nodes.Machine(name));
        await Fx.RunAsync(node, "collaborator", "certify", "--import", signed);
    }

    /// <summary>Step 17, the federation itself: everybody is started and ends well.</summary>
    /// <returns>What each wrote, the aggregator first.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(Nodes nodes, params string[] collaborators)
    {
        List<ProgramProcess> started = [Fx.Start(nodes.Aggregator, "aggregator", "start")];
        started.AddRange(collaborators.Select(name => Fx.Start(nodes.Collaborator(name), "collaborator", "start", "-n", name)));
        try
        {
            foreach (var one in started)
            {
                Assert.True(await one.EndAsync() == 0, one.Output);
            }

            return [.. started.Select(one => one.Output)];
        }
        finally
        {
            started.ForEach(one => one.Dispose());
        }
    }
}
