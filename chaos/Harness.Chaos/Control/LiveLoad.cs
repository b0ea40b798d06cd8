using Harness.Chaos.Conducting;
using Harness.Chaos.Environments;
using Harness.Load;
using Harness.Records;

namespace Harness.Chaos.Control;

/// <summary>Load for as long as somebody watches: people who buy, and people who look. Bounded in rate and in time; one at a time.</summary>
public sealed class LiveLoad : IAsyncDisposable
{
    /// <summary>Of each of the two scenarios, arrivals a second at most.</summary>
    public const double RateMax = 500;

    private const int BrowsersABuyer = 3;

    /// <summary>How long it lasts at most.</summary>
    public static readonly TimeSpan ForMax = TimeSpan.FromHours(1);

    /// <summary>How long it lasts when nothing else is asked for.</summary>
    public static readonly TimeSpan ForDefault = TimeSpan.FromMinutes(10);

    private readonly ScenarioFactory _scenarios;
    private readonly IRunningEnvironment _environment;
    private readonly RunRecordWriter _record;
    private readonly RunJournal _journal;
    private readonly ILoadObserver _observer;
    private readonly int _seed;
    private readonly SemaphoreSlim _turn = new(1);
    private CancellationTokenSource? _ending;
    private Task _running = Task.CompletedTask;
    private int _started;

    internal LiveLoad(ScenarioFactory scenarios, IRunningEnvironment environment, RunRecordWriter record, RunJournal journal, ILoadObserver observer, int seed) =>
        (_scenarios, _environment, _record, _journal, _observer, _seed) = (scenarios, environment, record, journal, observer, seed);

    /// <summary>Orders a second that are asked for now; 0 for no load.</summary>
    public double RatePerSecond { get; private set; }

    /// <summary>Begins, in the place of whatever ran: orders at this rate, and three times as many looks at products.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Rate or length is out of bounds; nothing was changed.</exception>
    public async Task StartAsync(double ratePerSecond, TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(ratePerSecond, RateMax);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ratePerSecond);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, ForMax);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        await _turn.WaitAsync();
        try
        {
            await EndAsync();
            _ending = new CancellationTokenSource();
            RatePerSecond = ratePerSecond;
            _journal.Write(EventKind.Note, "load", FormattableString.Invariant($"{ratePerSecond:0.###} orders and {BrowsersABuyer * ratePerSecond:0.###} looks a second for {Experiments.Units.Text(length)}"));
            _running = RunAsync(ratePerSecond, length, _ending.Token);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Ends it; harmless when there is none.</summary>
    public async Task StopAsync()
    {
        await _turn.WaitAsync();
        try
        {
            await EndAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _turn.Dispose();
    }

    private async Task EndAsync()
    {
        if (_ending is null)
            return;
        await _ending.CancelAsync();
        await _running;
        _ending.Dispose();
        _ending = null;
    }

    private async Task RunAsync(double rate, TimeSpan length, CancellationToken endToken)
    {
        await Task.Yield();
        int seed = _seed + _started++;
        try
        {
            await LoadRunner.RegisterScenarios(
                    Scenario("checkout", seed).WithLoadSimulations(Simulation.Poisson(rate, length)),
                    Scenario("browse", seed).WithLoadSimulations(Simulation.Constant(BrowsersABuyer * rate, length)))
                .WithSeed(seed)
                .WithTimeProvider(_record.Clock.Time)
                .WithObserver(_observer)
                .RunAsync(endToken);
        }
        catch (OperationCanceledException) when (endToken.IsCancellationRequested)
        {
            // Somebody stopped it.
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            _journal.Write(EventKind.HarnessFailed, "load", error.Message);
        }
        finally
        {
            RatePerSecond = 0;
            _journal.Write(EventKind.Note, "load", "is over");
        }
    }

    private ScenarioProps Scenario(string name, int seed) => _scenarios(name, _environment.Services, _record.History, _record.Clock, seed).WithoutWarmUp();
}
