using Harness.Load.Loops;
using Harness.Load.Raw;

namespace Harness.Load.Tests;

/// <summary>Every way in which a request can go out, behind one face.</summary>
public enum Lane
{
    RawOnLoops,
    RawOnSockets,
    OrdinaryOnLoops,
    OrdinaryOnSockets,
}

/// <summary>A client of one lane for one address.</summary>
internal sealed class LaneUser : IDisposable
{
    private readonly IDisposable _client;
    private readonly Func<TimeSpan, CancellationToken, Task<IResponse>> _get;

    public LaneUser(Lane lane, Uri url)
    {
        Assert.SkipUnless(EventLoops.AreThere || lane is Lane.RawOnSockets or Lane.OrdinaryOnSockets, "event loops need Linux");
        if (lane is Lane.RawOnLoops or Lane.RawOnSockets)
        {
            var client = new RawClient(url, onLoops: lane == Lane.RawOnLoops);
            var request = RawRequest.Create("GET", url);
            _get = (timeout, token) => client.SendAsync(request, timeout, token).AsTask();
            _client = client;
        }
        else
        {
            HttpMessageInvoker client = Http.CreateClient(onLoops: lane == Lane.OrdinaryOnLoops);
            _get = async (timeout, token) => await Http.Send(client, Http.CreateRequest("GET", url.AbsoluteUri), timeout, token);
            _client = client;
        }
    }

    public Task<IResponse> GetAsync(TimeSpan? timeout = null) =>
        _get(timeout ?? Finished.Limit, TestContext.Current.CancellationToken).WaitAsync(2 * Finished.Limit, TestContext.Current.CancellationToken);

    public void Dispose() => _client.Dispose();
}
