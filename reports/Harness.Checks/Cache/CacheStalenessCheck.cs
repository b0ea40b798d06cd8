using Harness.Checks.Expectations;
using Harness.Checks.Sessions;
using Harness.Records;

namespace Harness.Checks.Cache;

/// <summary>Measures how stale reads were. Staleness is what a cache is paid with, so it is a number, not a fault; asked by name.</summary>
public sealed class CacheStalenessCheck : ICheck
{
    public string Name => "cache-staleness";

    public string Question => "How far did reads lag behind what was already known?";

    public bool AskedByDefault => false;

    public CheckResult Judge(RunRecord record)
    {
        StalenessMeasure found = Staleness.Of(VersionedSteps.Of(record));
        return new CheckResult
        {
            Name = Name,
            Kind = ResultKind.Check,
            Verdict = found.Reads == 0 ? Verdict.Unknown : Verdict.Pass,
            Summary = found.Reads == 0
                ? "No version was ever read."
                : $"{found.Stale} of {found.Reads} reads were stale ({found.StaleRatio:0.##%}), "
                    + $"by {ExpectationText.Duration(found.LagP99)} at p99 and {ExpectationText.Duration(found.LagMax)} at most.",
            Numbers = new Dictionary<string, double>
            {
                ["reads"] = found.Reads,
                ["staleReads"] = found.Stale,
                ["staleRatio"] = found.StaleRatio,
                ["lagP50Microseconds"] = found.LagP50.TotalMicroseconds,
                ["lagP99Microseconds"] = found.LagP99.TotalMicroseconds,
                ["lagMaxMicroseconds"] = found.LagMax.TotalMicroseconds,
                ["lagVersionsP99"] = found.LagVersionsP99,
            },
            Witness = found.Worst is { } worst ? new Witness([$"{OperationText.Of(worst)} lagged longest."], [worst]) : null,
        };
    }
}
