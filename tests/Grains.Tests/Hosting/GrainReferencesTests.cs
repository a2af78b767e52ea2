using Actors.Contracts.Identity;

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Actors.Grains.Hosting.Tests;

public sealed class GrainReferencesTests : IDisposable
{
    // A client that never connects: it knows the grains' names, and that is all that is asked of it.
    private readonly IHost _host = new HostBuilder().UseOrleansClient(client => client.UseLocalhostClustering()).Build();

    private IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public void Dispose() => _host.Dispose();

    [Fact]
    public void Keys_AreTheIdsTextForms() => Assert.Equal(
        [
            "clinics",
            "clinics/tumours",
            "clinics/tumours/3",
            "clinics/tumours/3/train",
            "clinics/c000",
            "clinics/tumours",
        ],
        new IGrainWithStringKey[]
        {
            Grains.GetFederation(Given.Experiment.Federation),
            Grains.GetExperiment(Given.Experiment),
            Grains.GetRound(Given.Round(3)),
            Grains.GetTask(new TaskId(Given.Round(3), "train")),
            Grains.GetCollaborator(new CollaboratorId(Given.Experiment.Federation, Given.Name("c000"))),
            Grains.GetTensorStore(Given.Experiment),
        }.Select(grain => grain.GetPrimaryKeyString()));
}
