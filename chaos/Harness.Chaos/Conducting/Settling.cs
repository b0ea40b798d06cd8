using System.Net.Http.Json;
using Harness.Chaos.Environments;
using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>Waits, after the load, until the system has come to rest, and then reads its ledgers.</summary>
internal sealed class Settling(IReadOnlyList<RunningService> services, RunJournal journal) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly Dictionary<string, string> _lastNotes = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };

    /// <summary>True when every service says, twice in a row, that it has nothing left to do.</summary>
    /// <param name="since">The later of the last healing and the end of the load, on the run's clock.</param>
    /// <param name="limit">How long to wait, from <paramref name="since"/>.</param>
    /// <param name="runToken">Ends the wait.</param>
    public async Task<bool> WaitAsync(TimeSpan since, TimeSpan limit, CancellationToken runToken)
    {
        TimeSpan? restedAt = null;
        while (true)
        {
            TimeSpan asked = journal.Clock.Now;
            RestReport?[] reports = await Task.WhenAll(services.Select(service => AskAsync<RestReport>(service, "/audit/rest", runToken)));
            if (reports.All(report => report is { AtRest: true }))
            {
                // A message on its way between two services is in neither's report; the second look finds it arrived.
                if (restedAt is { } first)
                    return Rested(first, since);
                restedAt = asked;
            }
            else
            {
                restedAt = null;
            }

            if (journal.Clock.Now > since + limit)
                return NotRested(reports, limit);
            await Task.Delay(Pause, journal.Clock.Time, runToken);
        }
    }

    /// <summary>The ledgers of every service; null for one that cannot be asked.</summary>
    public async Task<Audit> AuditAsync(CancellationToken runToken)
    {
        Task<T?> Of<T>(string service)
            where T : class =>
            AskAsync<T>(services.First(one => one.Name == service), "/audit", runToken);
        return new Audit(await Of<OrdersAudit>("orders"), await Of<PaymentsAudit>("payments"), await Of<InventoryAudit>("inventory"));
    }

    public void Dispose() => _http.Dispose();

    private bool Rested(TimeSpan at, TimeSpan since)
    {
        double seconds = Math.Max(0, (at - since).TotalSeconds);
        journal.WriteAt(
            at, EventKind.Settled, detail: $"at rest {seconds:0.0} s after the last healing and the end of the load",
            numbers: new Dictionary<string, double> { ["seconds"] = seconds });
        return true;
    }

    private bool NotRested(RestReport?[] reports, TimeSpan limit)
    {
        IEnumerable<string> states = services.Zip(reports, (service, report) => report is null
            ? $"{service.Name} does not answer"
            : $"{service.Name}: {report.Pending} pending, {report.Unpublished} unpublished, {(report.Undelivered < 0 ? "and the bus cannot be asked" : $"{report.Undelivered} undelivered")}");
        journal.Write(EventKind.NotSettled, detail: $"not at rest after {limit.TotalSeconds:0.#} s: {string.Join("; ", states)}");
        return false;
    }

    private async Task<T?> AskAsync<T>(RunningService service, string path, CancellationToken runToken)
        where T : class
    {
        try
        {
            return await _http.GetFromJsonAsync<T>(new Uri(service.Direct, path), RecordJson.Line, runToken);
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException or System.Text.Json.JsonException && !runToken.IsCancellationRequested)
        {
            NoteOnce(service.Name, $"GET {path} failed: {error.Message}");
            return null;
        }
    }

    /// <summary>The same answer twenty times a second says no more than once.</summary>
    private void NoteOnce(string service, string problem)
    {
        bool isNews;
        lock (_lastNotes)
        {
            isNews = !_lastNotes.TryGetValue(service, out string? last) || last != problem;
            _lastNotes[service] = problem;
        }

        if (isNews)
            journal.Write(EventKind.Note, service, problem);
    }

    private sealed record RestReport(bool AtRest, long Pending, long Unpublished, long Undelivered);
}
