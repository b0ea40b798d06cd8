using Harness.Records;

namespace Harness.Reports.Tests;

/// <summary>The sample run, as a target (or a colleague) would name things who wants to break out of the page.</summary>
internal static class HostileRun
{
    public const string Script = "</script><script>alert('out')</script><!--<script>";
    public const string Element = "<img src=\"https://example.invalid/x.png\" onerror=\"alert('in')\">'\"><b id=injected>| `x` [y](javascript:alert(1)) @everyone\u0000\u202E";

    public static RunFacts Facts()
    {
        RunFacts facts = SampleRun.Facts();
        return facts with
        {
            Description = facts.Description with
            {
                Experiment = Element, Hypothesis = Script + Element, Command = Script + "\n```\n" + Element, Commit = Element, Source = Script,
                Environment = Element, Target = new Dictionary<string, string> { [Element] = Script },
                Load = [new PlannedLoad("checkout", Element, 1)],
                Faults = [new PlannedFault("partition-1", Element, [Script], TimeSpan.Zero, TimeSpan.FromSeconds(1), new Dictionary<string, string> { [Element] = Script })],
            },
            Verdict = new RunVerdict { Verdict = Verdict.Unknown, Sentence = Script + Element, Results = [Result(Verdict.Fail), Result(Verdict.Unknown), Result(Verdict.Pass)] },
            Series = [.. facts.Series.Select(Renamed)],
            Events = [.. facts.Events.Select(e => e with { Subject = Element, Detail = Script })],
            Faults = [new FaultWindow(Element, TimeSpan.FromSeconds(15), null, new Dictionary<string, double> { [Element] = 1 })],
            Files = [new RecordFile("logs/javascript:alert(1)\".log", 1), new RecordFile("javascript:alert(1)", 1)],
        };
    }

    private static SeriesSample Renamed(SeriesSample sample) => sample with
    {
        Scenarios = [.. sample.Scenarios.Select(s => s with
        {
            Scenario = s.Scenario == "browse" ? Element : s.Scenario,
            Errors = s.Errors.ToDictionary(e => e.Key + Script, e => e.Value),
        })],
        Services = sample.Services.ToDictionary(s => s.Key + Element, s => s.Value with
        {
            Metrics = s.Value.Metrics.ToDictionary(m => m.Key + Script, m => m.Value),
        }),
    };

    private static CheckResult Result(Verdict verdict) => new()
    {
        Name = Element, Kind = ResultKind.Check, Verdict = verdict, Summary = Script, Numbers = new Dictionary<string, double> { [Script] = 1 },
        Witness = new Witness([Element, Script], [new Operation(1, Script, Element, Script, TimeSpan.Zero, null, Outcome.Unknown)]),
    };
}
