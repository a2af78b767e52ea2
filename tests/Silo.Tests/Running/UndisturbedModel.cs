namespace Actors.Silo.Running.Tests;

/// <summary>The model of <see cref="HostedFederation"/> when nothing goes wrong; made once for a class.</summary>
public sealed class UndisturbedModel : AggregatorTest
{
    private string? _model;

    public async Task<string> GetAsync() => _model ??= await HostedFederation.RunAsync(Folder, Authority);
}
