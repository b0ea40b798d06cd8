using Harness.Records;

namespace Harness.Checks.Validity;

/// <summary>A planned fault was put in place, healed, and seen to act: a fault that hit nothing proves nothing.</summary>
internal static class FaultObserved
{
    public static string NameOf(PlannedFault planned) => $"fault-observed: {planned.Name}";

    public static CheckResult Judge(PlannedFault planned, RunRecord record)
    {
        FaultWindow[] windows = [.. record.Faults.Where(fault => fault.Name == planned.Name)];
        if (windows.Length == 0)
            return Answer(planned, Verdict.Fail, "It was never put in place.");

        if (windows.FirstOrDefault(window => window.End is null) is { } open)
            return Answer(planned, Verdict.Fail, $"It was put in place {Moment.Of(open.Start, record).TrimEnd('.')} and never healed.");

        double inPlace = windows.Sum(window => (window.End!.Value - window.Start).TotalSeconds);
        Dictionary<string, double> touched = Touched(windows);
        string numbers = string.Join(", ", touched.Select(n => $"{n.Key} {n.Value:0}"));
        return touched.Values.Any(value => value > 0)
            ? Answer(planned, Verdict.Pass, $"It was in place for {inPlace:0.0} s and was seen to act: {numbers}.", touched)
            : Answer(planned, Verdict.Fail, touched.Count == 0 ? "Nothing was reported of what it did." : $"It touched nothing: {numbers}.", touched);
    }

    private static Dictionary<string, double> Touched(FaultWindow[] windows) => windows
        .SelectMany(window => window.Evidence ?? new Dictionary<string, double>())
        .GroupBy(number => number.Key)
        .ToDictionary(group => group.Key, group => group.Sum(number => number.Value));

    private static CheckResult Answer(PlannedFault planned, Verdict verdict, string summary, Dictionary<string, double>? numbers = null) =>
        new() { Name = NameOf(planned), Kind = ResultKind.Validity, Verdict = verdict, Summary = summary, Numbers = numbers ?? [] };
}
