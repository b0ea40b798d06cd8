using System.Globalization;
using Harness.Chaos.Experiments;
using Harness.Chaos.Faults;
using Harness.Checks.Expectations;
using Harness.Records;

namespace Harness.Cli.Running;

/// <summary>What <c>--dry-run</c> prints: everything that a run would do, and when.</summary>
internal static class PlanText
{
    public static void Print(PlannedRun run, string command, TextWriter output)
    {
        Experiment experiment = run.Experiment;
        output.WriteLine($"{experiment.Name} on {run.Environment.Name}, seed {run.Seed.ToString(CultureInfo.InvariantCulture)}");
        Line("hypothesis", experiment.Hypothesis?.Trim());
        Line("variant", Pairs(experiment.Variant));
        Line("target", Pairs(experiment.Target));
        foreach (LoadStream stream in experiment.Load)
            Line("load", string.Create(CultureInfo.InvariantCulture, $"{stream.Scenario} {stream.RatePerSecond}/s {stream.Shape.ToString().ToLowerInvariant()}"));
        PrintTimeline(experiment, output);
        foreach (Expectation expectation in experiment.Expect)
            Line("expect", Words(expectation));
        foreach (StopCondition condition in experiment.StopWhen)
            Line("stop when", Words(condition));
        Line("repeat", command);
        output.WriteLine();

        void Line(string name, string? text)
        {
            if (text is { Length: > 0 })
                output.WriteLine($"  {name,-12} {text}");
        }
    }

    private static void PrintTimeline(Experiment experiment, TextWriter output)
    {
        TimeSpan start = TimeSpan.Zero;
        foreach (PlannedPhase phase in experiment.Timeline.UnderLoad)
        {
            output.WriteLine($"  {At(start),-12} {phase.Phase.ToString().ToLowerInvariant()} for {Units.Text(phase.Duration)}");
            if (phase.Phase == Phase.Fault)
            {
                foreach (Fault fault in experiment.Faults.OrderBy(fault => fault.At))
                    output.WriteLine($"  {At(start + fault.At),-12}   {fault.Name}: {fault.Described}");
            }

            start += phase.Duration;
        }

        output.WriteLine($"  {At(start),-12} settle for at most {Units.Text(experiment.Timeline.Settle)}");
    }

    private static string At(TimeSpan moment) => string.Create(CultureInfo.InvariantCulture, $"{moment.TotalSeconds:0.0} s");

    private static string Pairs(IReadOnlyDictionary<string, string> pairs) => string.Join(", ", pairs.Select(pair => $"{pair.Key} {pair.Value}"));

    private static string Words(Expectation expectation) => expectation switch
    {
        AvailabilityExpectation wanted => string.Create(CultureInfo.InvariantCulture, $"availability of {Name(wanted.Scenario, wanted.Step)} in {Word(wanted.Phase)} at least {wanted.MinRatio}"),
        LatencyExpectation wanted => string.Create(CultureInfo.InvariantCulture, $"p{wanted.Quantile * 100:0.##} of {Name(wanted.Scenario, wanted.Step)} in {Word(wanted.Phase)} at most {Units.Text(wanted.Max)}"),
        CostExpectation cost => ExpectationText.Of(cost),
        SettledExpectation wanted => $"settled within {Units.Text(wanted.Within)}",
        ChecksExpectation wanted => $"checks {string.Join(", ", wanted.Names)}",
        _ => expectation.ToString(),
    };

    private static string Words(StopCondition condition) => condition switch
    {
        AvailabilityStop stop => string.Create(CultureInfo.InvariantCulture, $"availability of {stop.Scenario} below {stop.BelowRatio} for {Units.Text(stop.Over)}"),
        FailuresStop stop => string.Create(CultureInfo.InvariantCulture, $"{stop.Consecutive} iterations of {stop.Scenario} fail one after the other"),
        _ => condition.ToString(),
    };

    private static string Name(string scenario, string? step) => step is null ? scenario : $"{scenario}/{step}";

    private static string Word(Phase phase) => phase.ToString().ToLowerInvariant();
}
