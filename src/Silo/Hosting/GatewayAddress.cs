using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;

namespace Actors.Silo.Hosting;

/// <summary>Where a started silo's gateway listens; for who lets the system choose the port.</summary>
public static class GatewayAddress
{
    /// <summary>The address that collaborators dial.</summary>
    /// <param name="app">The process, once it is started.</param>
    /// <param name="host">The name in the aggregator's certificate.</param>
    public static Uri Of(WebApplication app, string host)
    {
        ArgumentNullException.ThrowIfNull(app);

        // The server does not know that its connections speak TLS, and has the operator's socket in the same list.
        var listening = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses
            .Single(text => !text.Contains("://unix:", StringComparison.Ordinal));
        return new UriBuilder(listening) { Scheme = Uri.UriSchemeHttps, Host = host }.Uri;
    }
}
