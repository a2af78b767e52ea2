using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

using Actors.Contracts.Identity;
using Actors.Contracts.Tensors;
using Actors.Contracts.Transfer;

using Grpc.Core;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>Gets and puts tensor bytes: see <see cref="TensorRoutes"/>. What goes wrong is told as for any other call.</summary>
/// <param name="address">The gateway's.</param>
/// <param name="calls">The connection that calls go by; for small bodies.</param>
/// <param name="transfers">Makes connections for large ones.</param>
internal sealed class TensorExchange(Uri address, HttpMessageInvoker calls, HttpMessageInvoker transfers)
{
    /// <summary>Asks for published bytes from an offset; the caller reads them from the answer and disposes it.</summary>
    /// <param name="experiment">Whose they are.</param>
    /// <param name="digest">Their digest.</param>
    /// <param name="offset">The first byte that is wanted.</param>
    /// <param name="byteLength">How many there are in all.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="RpcException">They did not come.</exception>
    public async Task<HttpResponseMessage> GetAsync(
        ExperimentId experiment, TensorDigest digest, long offset, long byteLength, CancellationToken cancellationToken)
    {
        using var request = Request(HttpMethod.Get, TensorRoutes.OfPublished(experiment, digest), byteLength - offset);
        request.Headers.Range = offset > 0 ? new RangeHeaderValue(offset, null) : null;
        return await SendAsync(request, cancellationToken);
    }

    /// <summary>Puts the bytes of a result.</summary>
    /// <param name="path">Where they belong: <see cref="TensorRoutes.OfResult"/>.</param>
    /// <param name="body">The bytes, with their range.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>How many of the first bytes the gateway has now.</returns>
    /// <exception cref="RpcException">They were not taken.</exception>
    public async Task<long> PutAsync(string path, HttpContent body, CancellationToken cancellationToken)
    {
        var range = body.Headers.ContentRange!;
        using var request = Request(HttpMethod.Put, path, range.To!.Value - range.From!.Value + 1);
        request.Content = body;

        // A large body is worth asking first whether it is wanted.
        request.Headers.ExpectContinue = request.Version == HttpVersion.Version11;
        using var response = await SendAsync(request, cancellationToken);
        return long.Parse(response.Headers.GetValues(TensorRoutes.StoredBytesHeader).Single(), CultureInfo.InvariantCulture);
    }

    /// <summary>A failure of the transport as the status that a call would have.</summary>
    public static RpcException Broken(Exception failure) => new(new(StatusCode.Unavailable, failure.Message, failure));

    private HttpRequestMessage Request(HttpMethod method, string path, long bytes) => new(method, new Uri(address, path))
    {
        Version = bytes >= TensorRoutes.LargeBytes ? HttpVersion.Version11 : HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await (request.Version == HttpVersion.Version11 ? transfers : calls).SendAsync(request, cancellationToken);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            throw Broken(failure);
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw new RpcException(TransferStatus.Read(
                response.StatusCode, ValueOf(response, TransferStatus.CodeHeader), ValueOf(response, TransferStatus.DetailHeader)));
        }
    }

    private static string? ValueOf(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? values.FirstOrDefault() : null;
}
