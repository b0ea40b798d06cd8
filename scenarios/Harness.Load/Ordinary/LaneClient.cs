namespace Harness.Load.Ordinary;

/// <summary>A client whose plain http calls go over the engine's event loops; all others over .NET's own handler.</summary>
internal sealed class LaneClient(LaneHandler handler) : HttpMessageInvoker(handler, disposeHandler: true)
{
    /// <summary>Sends it over the event loops.</summary>
    public Task<Response<HttpResponseMessage>> SendAsync(HttpRequestMessage request, TimeSpan timeout, CancellationToken runToken) =>
        handler.SendAsync(request, timeout, runToken);
}
