using System.Globalization;
using Harness.Records;

namespace Harness.Checks.Expectations;

/// <summary>Judges what one iteration of a scenario cost: bytes on the wire, over all edges and both ways, and processor time of all services.</summary>
/// <remarks>Everything that happened in the run is shared out among the iterations that were ok, what was done for others included; so load one scenario alone.</remarks>
internal static class CostJudge
{
    private const string CpuSeconds = "process_cpu_seconds_total";

    public static CheckResult Of(CostExpectation asked, RunRecord record)
    {
        double iterations = record.Series.SelectMany(sample => sample.Scenarios).Where(one => one.Scenario == asked.Scenario && one.Step is null).Sum(one => one.Ok);
        if (iterations == 0)
            return ExpectationJudge.Answer(asked, Verdict.Unknown, $"No iteration of {asked.Scenario} was ok.");
        IReadOnlyDictionary<string, double>? traffic = record.Events.LastOrDefault(happened => happened is { Kind: EventKind.Traffic })?.Numbers;
        double? bytes = traffic?.Values.Sum() / iterations, cpu = Cpu(record) / iterations;
        var numbers = new Dictionary<string, double> { ["iterations"] = iterations };
        foreach ((string edge, double all) in traffic ?? new Dictionary<string, double>())
            numbers[$"bytes of {edge}"] = Math.Round(all / iterations);
        if (cpu is { } seconds)
            numbers["cpuMilliseconds"] = seconds * 1000;
        string found = $"One {asked.Scenario} cost {(bytes is { } b ? $"{b / 1000:0.0} kB on the wire" : "an unknown number of bytes")} and "
            + (cpu is { } c ? string.Create(CultureInfo.InvariantCulture, $"{c * 1000:0.00} ms of processor.") : "an unknown processor time.");
        bool over = bytes > asked.BytesMax || cpu > asked.CpuMax?.TotalSeconds;
        bool open = (asked.BytesMax is not null && bytes is null) || (asked.CpuMax is not null && cpu is null);
        return ExpectationJudge.Answer(asked, over ? Verdict.Fail : open ? Verdict.Unknown : Verdict.Pass, found, numbers);
    }

    /// <summary>Seconds that all services were busy, a restart of one counted from zero again; null when none said.</summary>
    private static double? Cpu(RunRecord record)
    {
        double total = 0;
        bool said = false;
        var last = new Dictionary<string, double>();
        foreach ((string service, ServiceSample sample) in record.Series.SelectMany(second => second.Services))
        {
            if (!sample.Metrics.TryGetValue(CpuSeconds, out double now))
                continue;
            if (last.TryGetValue(service, out double before))
            {
                total += now >= before ? now - before : now;
                said = true;
            }

            last[service] = now;
        }

        return said ? total : null;
    }
}
