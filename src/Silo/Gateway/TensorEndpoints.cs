using System.Globalization;

using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Contracts.Transfer;
using Actors.Silo.Security;

using Grpc.Core;

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Actors.Silo.Gateway;

/// <summary>Tensor bytes over HTTP: <see cref="TensorRoutes"/>. Who calls is let in as for any other call.</summary>
internal sealed partial class TensorEndpoints(
    Admission admission, IServedExperiments experiments, TensorTransfer transfer, ILogger<TensorEndpoints> logger)
{
    /// <summary>Adds the routes.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var endpoints = app.ServiceProvider.GetRequiredService<TensorEndpoints>();
        app.MapMethods(TensorRoutes.Published, [HttpMethods.Get], context => endpoints.GuardAsync(context, endpoints.GetAsync));
        app.MapMethods(TensorRoutes.Result, [HttpMethods.Put], context => endpoints.GuardAsync(context, endpoints.PutAsync));
    }

    private async Task GetAsync(CollaboratorName caller, HttpContext context)
    {
        using var tensors = transfer.Open(await ExperimentOfAsync(caller, context.Request), DigestOf(context.Request));
        var offset = FirstByteOf(context.Request);
        if (offset > tensors.Length)
        {
            throw new RpcException(new(StatusCode.OutOfRange, $"The bytes are wanted from {offset}, but there are {tensors.Length}. Pull them from the start."));
        }

        var response = context.Response;
        response.ContentType = "application/octet-stream";
        response.ContentLength = tensors.Length - offset;
        if (offset > 0)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {offset}-{tensors.Length - 1}/{tensors.Length}";
        }

        await TensorTransfer.SendAsync(tensors, offset, response.BodyWriter, context.RequestAborted);
    }

    private async Task PutAsync(CollaboratorName caller, HttpContext context)
    {
        var upload = await UploadOfAsync(caller, context.Request);
        var stored = await transfer.ReceiveAsync(upload, context.Request.BodyReader, context.RequestAborted);
        context.Response.StatusCode = stored == upload.ByteLength ? StatusCodes.Status204NoContent : StatusCodes.Status202Accepted;
        context.Response.Headers[TensorRoutes.StoredBytesHeader] = stored.ToString(CultureInfo.InvariantCulture);
    }

    private async Task<ArrivingUpload> UploadOfAsync(CollaboratorName caller, HttpRequest request)
    {
        var round = int.Parse(ValueOf(request, "round"), CultureInfo.InvariantCulture);
        var range = request.GetTypedHeaders().ContentRange;
        if (range is not { From: { } from, To: { } to, Length: { } length } || request.ContentLength != to - from + 1)
        {
            throw new FormatException("An upload says by Content-Range which bytes come, of how many, and by Content-Length the same. Push it so.");
        }

        return new(
            caller, new(await ExperimentOfAsync(caller, request), round), ValueOf(request, "task"), DigestOf(request), from, to + 1, length);
    }

    private async Task<ExperimentId> ExperimentOfAsync(CollaboratorName caller, HttpRequest request) =>
        (await experiments.FindOrRefuseAsync($"{ValueOf(request, "federation")}/{ValueOf(request, "experiment")}", caller)).Id;

    private static TensorDigest DigestOf(HttpRequest request) => TensorDigest.Parse(ValueOf(request, "digest"));

    private static string ValueOf(HttpRequest request, string name) => (string)request.RouteValues[name]!;

    private static long FirstByteOf(HttpRequest request) => request.GetTypedHeaders().Range switch
    {
        null => 0,
        { Ranges: var ranges } when ranges.Count == 1 && ranges.First() is { From: { } first, To: null } => first,
        _ => throw new FormatException($"The range '{request.Headers.Range}' is not served; ask for 'bytes=N-'."),
    };

    private async Task GuardAsync(HttpContext context, Func<CollaboratorName, HttpContext, Task> transferAsync)
    {
        try
        {
            switch (await admission.DecideAsync(context.Connection.ClientCertificate))
            {
                case AdmissionOutcome.Admitted { Name: var caller }:
                    await transferAsync(caller, context);
                    break;
                case AdmissionOutcome.Refused { Reason: var reason }:
                    LogRefused(context.Connection.RemoteIpAddress, context.Request.Path, reason);
                    Answer(context, new(StatusCode.PermissionDenied, reason));
                    break;
            }
        }
        catch (Exception problem)
        {
            // The edge of the process: whatever was not expected ends here.
            var status = GatewayStatus.Of(problem, context.RequestAborted);
            if (status.StatusCode is StatusCode.Internal or StatusCode.Unavailable)
            {
                LogFailed(problem, context.Request.Method, context.Request.Path);
            }

            Answer(context, status);
        }
    }

    // Once bytes are on their way only the end of the connection can say that not all will come.
    private static void Answer(HttpContext context, Status status)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = (int)TransferStatus.HttpCodeOf(status.StatusCode);
        (context.Response.Headers[TransferStatus.CodeHeader], context.Response.Headers[TransferStatus.DetailHeader]) = TransferStatus.Write(status);
    }

    [LoggerMessage(LogLevel.Warning, "Refused {Peer} at {Path}: {Reason}")]
    private partial void LogRefused(System.Net.IPAddress? peer, PathString path, string reason);

    [LoggerMessage(LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFailed(Exception problem, string method, PathString path);
}
