using Harness.Toxiproxy.Loops;
using Harness.Toxiproxy.Toxics;

namespace Harness.Toxiproxy.Links;

/// <summary>A connection between its accept and its dial: what the proxy's toxics make of it, also when they change meanwhile.</summary>
internal sealed class Opening
{
    private readonly Connection _connection;
    private readonly LoopTimer _timer;
    private readonly TimeSpan _accepted;
    private readonly HashSet<EvidenceCounter> _counted = [];
    private bool _decided;

    public Opening(Connection connection)
    {
        _connection = connection;
        _timer = new LoopTimer(Dial);
        _accepted = connection.Loop.Now;
    }

    public void Consider(ToxicChain chain)
    {
        if (_decided)
            return;
        List<ToxicDefinition> hit = [.. chain.All.Where(Hits)];
        foreach (ToxicDefinition toxic in hit.Where(t => _counted.Add(t.Evidence)))
            toxic.Evidence.CountConnection();
        TimeSpan due = hit.Aggregate(_accepted, (sum, toxic) => sum + toxic.Type.OpenDelay(toxic.Attributes));
        if (hit.Any(t => t.Type.Open == OpenDecision.Refuse))
            Refuse();
        else if (hit.Any(t => t.Type.Open == OpenDecision.Hang))
            Cancel();
        else if (due > _connection.Loop.Now)
            _connection.Loop.Schedule(_timer, due);
        else
            Dial();
    }

    public void Cancel() => _connection.Loop.Cancel(_timer);

    private bool Hits(ToxicDefinition toxic) =>
        toxic.Type.Open is not null && Chance.Draw(_connection, ToxicStream.Downstream, toxic) < toxic.Toxicity;

    private void Refuse()
    {
        _decided = true;
        _connection.Refuse();
    }

    private void Dial()
    {
        _decided = true;
        Cancel();
        _connection.Dial();
    }
}
