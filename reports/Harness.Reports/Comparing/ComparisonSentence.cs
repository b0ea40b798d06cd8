using Harness.Records;

namespace Harness.Reports.Comparing;

/// <summary>A comparison in two sentences: what held, and what differs most.</summary>
internal static class ComparisonSentence
{
    private const int MostNamed = 2;

    public static string Of(IReadOnlyList<ComparedRun> runs, IReadOnlyList<ComparedDifference> differences) =>
        runs.Count < 2 ? Held(runs) : $"{Held(runs)} {Differs(differences)}";

    private static string Held(IReadOnlyList<ComparedRun> runs)
    {
        int passed = runs.Count(run => run.Verdict == Verdict.Pass);
        if (passed == runs.Count)
            return runs.Count == 1 ? "The run passed." : $"All {runs.Count} runs passed.";
        ComparedRun[] failed = [.. runs.Where(run => run.Verdict == Verdict.Fail)];
        int unknown = runs.Count - passed - failed.Length;
        string[] parts =
        [
            .. passed > 0 ? [$"{passed} passed"] : Array.Empty<string>(),
            .. failed.Length > 0 ? [$"{failed.Length} failed ({Named(failed, runs)})"] : Array.Empty<string>(),
            .. unknown > 0 ? [$"{unknown} proved nothing"] : Array.Empty<string>(),
        ];
        if (unknown == runs.Count)
            return $"None of the {runs.Count} runs proved anything.";
        return $"Of {runs.Count} runs {string.Join(", ", parts)}.";
    }

    private static string Named(ComparedRun[] failed, IReadOnlyList<ComparedRun> runs)
    {
        bool many = runs.Select(run => run.Experiment).Distinct().Count() > 1;
        IEnumerable<string> names = failed.Take(MostNamed).Select(run =>
            $"{(many && run.Name != run.Experiment ? $"{run.Experiment} {run.Name}" : run.Name)}: {run.ChecksFailed.Concat(run.ExpectationsMissed).FirstOrDefault() ?? run.Sentence}");
        return string.Join("; ", names) + (failed.Length > MostNamed ? $"; and {failed.Length - MostNamed} more" : "");
    }

    private static string Differs(IReadOnlyList<ComparedDifference> differences)
    {
        if (differences.Count > 0 && !differences.Any(one => one.IsValid))
            return "What differs between them may be the generator's doing.";
        if (differences.Where(one => one.IsClear && one.IsValid).MaxBy(one => one.Weight) is not { } most)
            return "No difference between them is clear of chance.";
        string when = most.Phase switch { Phase.Baseline => "When nothing was wrong", Phase.Fault => "Under the fault", Phase.Recovery => "After healing", _ => "In the whole run" };
        string said = most.Metric switch
        {
            ComparedMetric.Availability => $"{most.Name} answered {most.Value} of {most.Measure}, {most.Control} {most.ControlValue}",
            ComparedMetric.StaleReads => $"stale reads of {most.Name} were {most.Value}, of {most.Control} {most.ControlValue}",
            _ => $"the {(most.Metric == ComparedMetric.P50 ? "median" : "p99")} of {most.Measure} was {most.Value} with {most.Name}, {most.ControlValue} with {most.Control}",
        };
        bool many = most.Name != most.Experiment && differences.Select(one => one.Experiment).Distinct().Count() > 1;
        return $"{(many ? $"In {most.Experiment}: {char.ToLowerInvariant(when[0])}{when[1..]}" : when)} {said}: {most.InWords}.";
    }
}
