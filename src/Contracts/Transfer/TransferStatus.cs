using System.Globalization;
using System.Net;

using Grpc.Core;

namespace Actors.Contracts.Transfer;

/// <summary>How a transfer of tensor bytes that failed is answered: by the status that a call would have, in two headers.</summary>
public static class TransferStatus
{
    /// <summary>The status's number.</summary>
    public const string CodeHeader = "Actors-Status";

    /// <summary>The sentence for a person, percent-encoded.</summary>
    public const string DetailHeader = "Actors-Message";

    private const int LongestDetail = 1000;

    /// <summary>The code of HTTP that comes nearest, for whoever stands between the ends.</summary>
    public static HttpStatusCode HttpCodeOf(StatusCode code) => code switch
    {
        StatusCode.InvalidArgument => HttpStatusCode.BadRequest,
        StatusCode.OutOfRange => HttpStatusCode.RequestedRangeNotSatisfiable,
        StatusCode.NotFound => HttpStatusCode.NotFound,
        StatusCode.PermissionDenied => HttpStatusCode.Forbidden,
        StatusCode.Aborted or StatusCode.FailedPrecondition => HttpStatusCode.Conflict,
        StatusCode.DataLoss => HttpStatusCode.UnprocessableEntity,
        StatusCode.Unavailable or StatusCode.Cancelled => HttpStatusCode.ServiceUnavailable,
        _ => HttpStatusCode.InternalServerError,
    };

    /// <summary>The headers' values.</summary>
    public static (string Code, string Detail) Write(Status status)
    {
        var detail = status.Detail.Length > LongestDetail ? status.Detail[..LongestDetail] : status.Detail;
        return (((int)status.StatusCode).ToString(CultureInfo.InvariantCulture), Uri.EscapeDataString(detail));
    }

    /// <summary>What an answer says that is no success.</summary>
    /// <param name="http">Its code.</param>
    /// <param name="code">The value of <see cref="CodeHeader"/>; null when it has none, since somebody else than a gateway answered.</param>
    /// <param name="detail">The value of <see cref="DetailHeader"/>.</param>
    public static Status Read(HttpStatusCode http, string? code, string? detail)
    {
        if (int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((StatusCode)number) && number != 0)
        {
            return new((StatusCode)number, Uri.UnescapeDataString(detail ?? ""));
        }

        return http is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed
            ? new(StatusCode.Unimplemented, "The gateway knows no transfer of tensors over HTTP.")
            : new(StatusCode.Unavailable, $"The transfer was answered with HTTP {(int)http}.");
    }
}
