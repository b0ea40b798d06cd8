using System.Threading.Channels;
using Harness.Load;
using Harness.Records;

namespace Harness.Chaos.Conducting;

/// <summary>Takes what the load engine counted each second, and once a second writes it to the record beside what the services say.</summary>
internal sealed class LoadRecorder(
    RunRecordWriter record, IRunProgress progress, ServiceSampler services, IReadOnlyList<StopRule> stopRules) : ILoadObserver
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly Channel<LoadInterval> _intervals = Channel.CreateUnbounded<LoadInterval>();
    private readonly TaskCompletionSource<TimeSpan> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly GeneratorSampler _generator = new(record.Clock);

    /// <summary>When the first arrival could be due, on the run's clock.</summary>
    public Task<TimeSpan> Started => _started.Task;

    /// <summary>Completes with the reason when a stop condition holds.</summary>
    public Task<string> StopConditionMet => _stopped.Task;

    public void OnStarted(long timestamp) => _started.TrySetResult(record.Clock.At(timestamp));

    public void OnInterval(LoadInterval interval) => _intervals.Writer.TryWrite(interval);

    /// <summary>Writes a sample a second until <paramref name="endToken"/> ends it, and then what is left.</summary>
    public async Task RunAsync(CancellationToken endToken)
    {
        using var timer = new PeriodicTimer(s_second, record.Clock.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(endToken))
                await SampleAsync(endToken);
        }
        catch (OperationCanceledException) when (endToken.IsCancellationRequested)
        {
            Write([.. Arrived()], new Dictionary<string, ServiceSample>());
        }
    }

    private async Task SampleAsync(CancellationToken endToken)
    {
        IReadOnlyDictionary<string, ServiceSample> answers = await services.SampleAsync(endToken);
        Write([.. Arrived()], answers);
    }

    private void Write(List<LoadInterval> intervals, IReadOnlyDictionary<string, ServiceSample> answers)
    {
        foreach (LoadInterval interval in intervals)
        {
            WriteLatencies(interval);
            foreach (StopRule rule in stopRules)
            {
                if (rule.After(interval.Scenarios) is { } reason)
                    _stopped.TrySetResult(reason);
            }
        }

        var sample = new SeriesSample
        {
            At = record.Clock.Now,
            Scenarios = [.. intervals.SelectMany(interval => interval.Scenarios).SelectMany(Samples)],
            Services = answers,
            Generator = _generator.Sample(),
        };
        record.Write(sample);
        progress.Second(sample, intervals);
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

    private IEnumerable<LoadInterval> Arrived()
    {
        while (_intervals.Reader.TryRead(out LoadInterval? interval))
            yield return interval;
    }

    private static Phase PhaseOf(string name) => Enum.TryParse(name, ignoreCase: true, out Phase phase) ? phase : Phase.None;
}
