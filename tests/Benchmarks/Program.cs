using Actors.Benchmarks;
using Actors.Benchmarks.Roles;
using Actors.Benchmarks.Scenarios;

// The scenarios start this program again for the silo, for the clients and for the far end of a bare TLS connection.
return args switch
{
    [SiloRole.Name] => await SiloRole.RunAsync(),
    [LoadRole.Name] => await LoadRole.RunAsync(),
    [RawTlsRole.Name] => await RawTlsRole.RunAsync(),
    _ => await ScenarioCommand.RunAsync(args),
};
