using System.Threading.Channels;
using Harness.Load;
using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>Takes what the load engine counted each second, and once a second writes it to the record beside what the services say.</summary>
internal sealed class LoadRecorder(
    RunRecordWriter record, IRunProgress progress, ServiceSampler services, SteadyState steadyState, IReadOnlyList<StopRule> stopRules)
    : ILoadObserver
{
    /// <summary>Longer than the load's second, so that a sample without one only comes when there is none.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1.5);

    private readonly Channel<LoadInterval> _intervals = Channel.CreateUnbounded<LoadInterval>();
    private readonly TaskCompletionSource<TimeSpan> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly GeneratorSampler _generator = new(record.Clock);

    /// <summary>When the first arrival could be due, on the run's clock.</summary>
    public Task<TimeSpan> Started => _started.Task;

    /// <summary>Completes with the reason when a stop condition holds.</summary>
    public Task<string> StopConditionMet => _stopped.Task;

    /// <summary>Ends the run as a stop condition does.</summary>
    public void Stop(string reason) => _stopped.TrySetResult(reason);

    public void OnStarted(long timestamp) => _started.TrySetResult(record.Clock.At(timestamp));

    public void OnInterval(LoadInterval interval) => _intervals.Writer.TryWrite(interval);

    /// <summary>Writes a sample a second until <paramref name="endToken"/> ends it, and then what is left.</summary>
    public async Task RunAsync(CancellationToken endToken)
    {
        try
        {
            while (true)
                Write(await NextAsync(endToken));
        }
        catch (OperationCanceledException) when (endToken.IsCancellationRequested)
        {
            while (_intervals.Reader.TryRead(out LoadInterval? left))
                Write(left);
        }
    }

    /// <summary>The load's next second; null when the load has none, because it is over.</summary>
    private async Task<LoadInterval?> NextAsync(CancellationToken endToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(endToken);
        using ITimer timer = record.Clock.Time.CreateTimer(_ => patience.Cancel(), null, Patience, Timeout.InfiniteTimeSpan);
        try
        {
            return await _intervals.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!endToken.IsCancellationRequested)
        {
            return null;
        }
    }

    private void Write(LoadInterval? interval)
    {
        if (interval is not null)
        {
            WriteLatencies(interval);
            steadyState.Add(interval);
            AskStopRules(interval);
        }

        var sample = new SeriesSample
        {
            At = interval is null ? record.Clock.Now : record.Clock.At(interval.StartTimestamp) + interval.Length,
            Scenarios = [.. interval?.Scenarios.SelectMany(Samples) ?? []],
            Services = services.Latest(),
            Generator = _generator.Sample(),
        };
        record.Write(sample);
        progress.Second(sample, interval is null ? [] : [interval]);
    }

    private void AskStopRules(LoadInterval interval)
    {
        foreach (StopRule rule in stopRules)
        {
            if (rule.After(interval.Scenarios) is { } reason)
                _stopped.TrySetResult(reason);
        }
    }

    private void WriteLatencies(LoadInterval interval)
    {
        TimeSpan start = record.Clock.At(interval.StartTimestamp);
        foreach (ScenarioInterval scenario in interval.Scenarios)
        {
            Phase phase = PhaseOf(scenario.Phase);
            record.Write(new LatencyTag(phase, scenario.Scenario, LatencyTag.Response), start, interval.Length, scenario.Response);
            record.Write(new LatencyTag(phase, scenario.Scenario, LatencyTag.Lateness), start, interval.Length, scenario.Lateness);
            foreach (StepInterval step in scenario.Steps)
                record.Write(LatencyTag.ForStep(phase, scenario.Scenario, step.Step), start, interval.Length, step.Latency);
        }
    }

    private static IEnumerable<ScenarioSample> Samples(ScenarioInterval scenario)
    {
        Phase phase = PhaseOf(scenario.Phase);
        yield return new ScenarioSample
        {
            Scenario = scenario.Scenario,
            Phase = phase,
            Due = scenario.Due,
            Sent = scenario.Sent,
            Ok = scenario.Ok,
            Refused = scenario.Refused,
            Unknown = scenario.Unknown,
            Dropped = scenario.Dropped,
            Open = scenario.Open,
            Errors = scenario.Errors,
        };
        foreach (StepInterval step in scenario.Steps)
        {
            yield return new ScenarioSample
            {
                Scenario = scenario.Scenario,
                Step = step.Step,
                Phase = phase,
                Ok = step.Ok,
                Refused = step.Refused,
                Unknown = step.Unknown,
                Errors = step.Errors,
            };
        }
    }

    private static Phase PhaseOf(string name) => Enum.TryParse(name, ignoreCase: true, out Phase phase) ? phase : Phase.None;
}
