namespace Harness.Scenarios;

/// <summary>Asks for an order, ever less often, until it has settled.</summary>
internal sealed class OrderFollowing(ShopVisit visit, ShopClient shop, IScenarioContext context, string id)
{
    private const double WaitGrowth = 1.5;
    private const double Jitter = 0.2;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    private readonly ClientProcess _process = ClientProcess.Of(context, visit);
    private readonly Random _random = visit.RandomOf("follow", context.InvocationNumber);
    private string? _lastStatus;

    public async Task<Response<object>> RunAsync()
    {
        TimeSpan giveUpAt = visit.Clock.Now + GiveUpAfter;
        TimeSpan wait = FirstWait;
        while (visit.Clock.Now < giveUpAt)
        {
            // CANCELLED is an answer like CONFIRMED: the system kept its promise either way.
            if (await ReadStatusAsync() is "CONFIRMED" or "CANCELLED")
                return Response.Ok();
            double spread = 1 + Jitter * (2 * _random.NextDouble() - 1);
            await Task.Delay(wait * spread, visit.Clock.Time, context.ScenarioCancellationToken);
            wait = wait * WaitGrowth < LongestWait ? wait * WaitGrowth : LongestWait;
        }

        return Response.Unknown("not-settled", message: $"order {id} was {_lastStatus ?? "never seen"} for {GiveUpAfter.TotalSeconds} s");
    }

    /// <summary>Null when the order could not be read. Only a status not seen before is recorded: that it stays the same proves nothing.</summary>
    private async Task<string?> ReadStatusAsync()
    {
        TimeSpan invoked = visit.Clock.Now;
        Answer<OrderView> answer = await shop.ReadOrderAsync(id, CallTimeout, context.ScenarioCancellationToken);
        string? status = answer.Value?.Status;
        if (status is null || status == _lastStatus)
            return status;
        _lastStatus = status;
        _process.Record("read-order", id, status, invoked, Records.Outcome.Ok);
        return status;
    }
}
