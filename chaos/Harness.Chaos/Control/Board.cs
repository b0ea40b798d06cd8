using System.Threading.Channels;
using Harness.Chaos.Conducting;
using Harness.Load;
using Harness.Records;

namespace Harness.Chaos.Control;

/// <summary>What one scenario did within a second.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Due">Arrivals whose moment came.</param>
/// <param name="Ok">Iterations that ended well.</param>
/// <param name="Refused">Those that surely did not happen.</param>
/// <param name="Unknown">Those that may have happened.</param>
/// <param name="P50">Milliseconds from due to ended; null when none ended.</param>
/// <param name="P99">The same.</param>
public sealed record LoadPoint(string Scenario, long Due, long Ok, long Refused, long Unknown, double? P50, double? P99);

/// <summary>What one service said of itself lately.</summary>
/// <param name="Name"><c>orders</c>.</param>
/// <param name="Cpu">Cores it was busy with; null when it is not known yet.</param>
/// <param name="MemoryBytes">Resident; null when it was not said.</param>
/// <param name="OpenBreakers">Of its outgoing edges, those that let nothing through now.</param>
public sealed record ServicePoint(string Name, double? Cpu, long? MemoryBytes, IReadOnlyList<string> OpenBreakers);

/// <summary>A second of a system that is up.</summary>
/// <param name="At">Seconds since its start.</param>
/// <param name="Load">What was asked of it; empty while there is no load.</param>
/// <param name="Services">Those that answered lately; one that is missing here is silent.</param>
/// <param name="Edges">What was found on every edge.</param>
/// <param name="Stores">What was found of every store.</param>
public sealed record Moment(
    double At, IReadOnlyList<LoadPoint> Load, IReadOnlyList<ServicePoint> Services, IReadOnlyList<EdgeHealth> Edges, IReadOnlyList<StoreHealth> Stores);

/// <summary>Something on the board: exactly one of these is set.</summary>
/// <param name="Second">A second passed.</param>
/// <param name="Happened">A line was added to the timeline.</param>
/// <param name="Faults">The faults have changed, to these.</param>
public sealed record BoardNews(Moment? Second = null, TimelineEvent? Happened = null, IReadOnlyList<HeldFault>? Faults = null);

/// <summary>Remembers what happens to a system that is up, and tells those who watch. Those who do not keep up miss what is oldest.</summary>
public sealed class Board(IRunProgress next) : IRunProgress
{
    private const int SecondsMax = 600, EventsMax = 500, BehindMax = 256;
    private const string Breaker = "breaker_state{edge=\"";
    private readonly Lock _writing = new();
    private readonly Queue<Moment> _seconds = [];
    private readonly Queue<TimelineEvent> _events = [];
    private readonly List<Channel<BoardNews>> _watching = [];

    /// <summary>Asked once a second.</summary>
    internal Func<IReadOnlyList<EdgeHealth>> Edges { get; set; } = () => [];

    /// <summary>Asked once a second.</summary>
    internal Func<IReadOnlyList<StoreHealth>> Stores { get; set; } = () => [];

    /// <summary>The last ten minutes, oldest first.</summary>
    public IReadOnlyList<Moment> Seconds
    {
        get
        {
            lock (_writing)
                return [.. _seconds];
        }
    }

    /// <summary>The last 500, oldest first.</summary>
    public IReadOnlyList<TimelineEvent> Events
    {
        get
        {
            lock (_writing)
                return [.. _events];
        }
    }

    public void Started(RunDescription description, string folder) => next.Started(description, folder);

    public void Happened(TimelineEvent happened)
    {
        next.Happened(happened);
        Keep(_events, happened, EventsMax);
        Tell(new BoardNews(Happened: happened));
    }

    public void Second(SeriesSample sample, IReadOnlyList<LoadInterval> load)
    {
        var moment = new Moment(
            sample.At.TotalSeconds,
            [.. load.SelectMany(interval => interval.Scenarios).Select(Point)],
            [.. sample.Services.Select(service => new ServicePoint(service.Key, service.Value.CpuRatio, service.Value.MemoryBytes, OpenBreakers(service.Value.Metrics)))],
            Edges(),
            Stores());
        Keep(_seconds, moment, SecondsMax);
        Tell(new BoardNews(Second: moment));
    }

    /// <summary>The faults have changed.</summary>
    internal void Tell(IReadOnlyList<HeldFault> faults) => Tell(new BoardNews(Faults: faults));

    /// <summary>Everything from now on, until it is cancelled.</summary>
    public async IAsyncEnumerable<BoardNews> WatchAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var channel = Channel.CreateBounded<BoardNews>(new BoundedChannelOptions(BehindMax) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_writing)
            _watching.Add(channel);
        try
        {
            await foreach (BoardNews news in channel.Reader.ReadAllAsync(cancellationToken))
                yield return news;
        }
        finally
        {
            lock (_writing)
                _watching.Remove(channel);
        }
    }

    private void Keep<T>(Queue<T> queue, T item, int most)
    {
        lock (_writing)
        {
            queue.Enqueue(item);
            while (queue.Count > most)
                queue.Dequeue();
        }
    }

    private void Tell(BoardNews news)
    {
        lock (_writing)
            _watching.ForEach(channel => channel.Writer.TryWrite(news));
    }

    private static LoadPoint Point(ScenarioInterval one)
    {
        bool ended = one.Response.TotalCount > 0;
        return new LoadPoint(
            one.Scenario, one.Due, one.Ok, one.Refused, one.Unknown,
            ended ? one.Response.GetValueAtPercentile(50) / 1000.0 : null,
            ended ? one.Response.GetValueAtPercentile(99) / 1000.0 : null);
    }

    // 2 is open: see the target's metrics.
    private static string[] OpenBreakers(IReadOnlyDictionary<string, double> metrics) =>
        [.. metrics.Where(metric => metric.Value == 2 && metric.Key.StartsWith(Breaker, StringComparison.Ordinal)).Select(metric => metric.Key[Breaker.Length..^2])];
}
