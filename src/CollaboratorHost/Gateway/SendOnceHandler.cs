using System.Net;

namespace Actors.CollaboratorHost.Gateway;

/// <summary>
/// Fails a request whose connection is lost once its body was begun. The transport would send it again by itself when the server says that
/// it has not looked at it; but the messages of a stream are written once, and the second body would wait for them for ever.
/// </summary>
/// <param name="transport">Sends the requests.</param>
internal sealed class SendOnceHandler(HttpMessageHandler transport) : DelegatingHandler(transport)
{
    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Content = request.Content is { } body ? new SentOnce(body) : null;
        return base.SendAsync(request, cancellationToken);
    }

    private sealed class SentOnce : HttpContent
    {
        private readonly HttpContent _body;
        private bool _begun;

        public SentOnce(HttpContent body)
        {
            _body = body;
            foreach (var (name, values) in body.Headers.NonValidated)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
            SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            if (_begun)
            {
                throw new IOException("The connection was lost before the request was answered.");
            }

            _begun = true;
            return _body.CopyToAsync(stream, context, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _body.Headers.ContentLength ?? 0;
            return _body.Headers.ContentLength is not null;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _body.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
