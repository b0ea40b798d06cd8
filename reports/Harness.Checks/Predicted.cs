using Harness.Records;

namespace Harness.Checks;

/// <summary>Turns the answers of a run that shows how not to do it: what was predicted to fail and does is as it should be; what was predicted
/// and holds is the failure. Everything else is judged as ever.</summary>
internal static class Predicted
{
    /// <summary>Begins the summary of what failed as it should.</summary>
    public const string Opening = "Fails as predicted. ";

    public static CheckResult[] Turn(Prediction prediction, IReadOnlyList<CheckResult> results)
    {
        var turned = new List<CheckResult>(results);
        foreach (string name in prediction.Fails)
        {
            CheckResult[] meant = [.. results.Where(result => Means(name, result))];
            foreach (CheckResult failed in meant.Where(result => result.Verdict == Verdict.Fail))
            {
                turned[turned.FindIndex(one => one.Name == failed.Name && one.Kind == failed.Kind)] = failed with
                {
                    Verdict = Verdict.Pass, FailedAsPredicted = true, Summary = Opening + failed.Summary,
                };
            }

            if (!meant.Any(result => result.Verdict == Verdict.Fail))
                turned.Add(Missing(name, meant));
        }

        return [.. turned];
    }

    private static CheckResult Missing(string name, CheckResult[] meant)
    {
        CheckResult? open = meant.FirstOrDefault(result => result.Verdict == Verdict.Unknown);
        bool held = open is null && meant.Length > 0;
        return new CheckResult
        {
            Name = $"fails: {name}",
            Kind = ResultKind.Expectation,
            Verdict = held ? Verdict.Fail : Verdict.Unknown,
            Summary = held ? $"It was predicted to fail, and held: {meant[0].Summary}"
                : open is not null ? $"It was predicted to fail, and nobody can tell: {open.Summary}" : "It was predicted to fail, and was not asked.",
        };
    }

    /// <summary>A check by its name; expectations by their kind, where a fault could have touched them.</summary>
    private static bool Means(string name, CheckResult result) => result.Kind switch
    {
        ResultKind.Check => result.Name == name,
        ResultKind.Expectation => result.Name.StartsWith(name + ":", StringComparison.Ordinal) && !result.Name.Contains("phase: baseline", StringComparison.Ordinal)
            && !result.Name.Contains("phase: warmup", StringComparison.Ordinal),
        _ => false,
    };
}
