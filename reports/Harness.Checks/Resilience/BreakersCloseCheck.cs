using System.Globalization;
using Harness.Records;

namespace Harness.Checks.Resilience;

/// <summary>Once all is healed, calls are let through again: no breaker stays open for the rest of the run though calls come. Asked by name,
/// because it needs a system that says how its breakers stand.</summary>
public sealed class BreakersCloseCheck : ICheck
{
    /// <summary>A breaker waits before it lets a call try, and that call must come.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    /// <summary>What a service said of the last second under load may stand in the sample after it.</summary>
    private static readonly TimeSpan SampleAge = TimeSpan.FromSeconds(1);

    public string Name => "breakers-close";

    public string Question => "Did every breaker let calls through again after the last fault was healed?";

    public bool AskedByDefault => false;

    public CheckResult Judge(RunRecord record)
    {
        if (record.Faults.Count == 0 || record.Faults.Any(fault => fault.End is null))
            return Answer(Verdict.Unknown, record.Faults.Count == 0 ? "There was no fault to recover from." : "A fault was never healed.", []);

        TimeSpan healed = record.Faults.Max(fault => fault.End!.Value);
        TimeSpan loadEnds = record.Phases.Where(phase => phase.Phase is not Phase.Settle and not Phase.None).Select(phase => phase.End).DefaultIfEmpty().Max();
        var findings = new Findings(record);
        int judged = 0;
        foreach (EdgeSeries edge in EdgeSeries.Of(record.Series))
        {
            EdgePoint[] after = [.. edge.Points.Where(point => point.At >= healed + Grace && point.At <= loadEnds + SampleAge)];
            if (after.Length < 2 || after[^1].Calls <= after[0].Calls)
                continue;
            judged++;
            if (after.All(point => point.Breaker > 1))
            {
                findings.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The breaker of {edge.Edge} in {edge.Service} was still open {(after[^1].At - healed).TotalSeconds:0.#} s after healing, and turned "
                        + $"{after[^1].Rejected - after[0].Rejected} of {after[^1].Calls - after[0].Calls} calls away in the last {(after[^1].At - after[0].At).TotalSeconds:0.#} s."));
            }
        }

        var numbers = new Dictionary<string, double> { ["edges"] = judged, ["violations"] = findings.Count };
        if (findings.Count > 0)
            return Answer(Verdict.Fail, $"{Plural.Of(findings.Count, "violation")}: {findings.First}", numbers, findings.Witness());
        return judged == 0
            ? Answer(Verdict.Unknown, $"No calls were counted from {Grace.TotalSeconds:0} s after healing on.", numbers)
            : Answer(Verdict.Pass, $"Calls of {Plural.Of(judged, "edge")} were let through again after healing.", numbers);
    }

    private CheckResult Answer(Verdict verdict, string summary, Dictionary<string, double> numbers, Witness? witness = null) =>
        new() { Name = Name, Kind = ResultKind.Check, Verdict = verdict, Summary = summary, Numbers = numbers, Witness = witness };
}
