using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Actors.CollaboratorHost.Tests;

/// <summary>A fake gateway behind Kestrel and mutual TLS on the loopback interface.</summary>
public sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GatewayHost(WebApplication app) => _app = app;

    public Uri Address => new($"https://localhost:{new Uri(_app.Urls.First()).Port}");

    public static async Task<GatewayHost> StartAsync(
        FakeGateway gateway, X509Certificate2 server, Func<X509Certificate2, bool> trustsClient, int port = 0)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(gateway);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http1AndHttp2;
            listen.UseHttps(https =>
            {
                https.ServerCertificate = server;
                https.SslProtocols = SslProtocols.Tls13;
                https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                https.ClientCertificateValidation = (certificate, _, _) => trustsClient(certificate);
            });
        }));
        var app = builder.Build();
        app.MapGrpcService<FakeGateway>();
        gateway.MapTensors(app);
        await app.StartAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return new(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        try
        {
            await _app.StopAsync(now.Token).WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (OperationCanceledException)
        {
            // Open calls are cut: that is what the tests of a gateway that goes away want.
        }

        await _app.DisposeAsync();
    }
}
