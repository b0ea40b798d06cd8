using Harness.Records;

namespace Harness.Reports.Tests;

/// <summary>Verdicts of the made-up run.</summary>
internal static class SampleVerdict
{
    public static RunVerdict Failed() => new()
    {
        Verdict = Verdict.Fail,
        Sentence = "Failed: effects-exactly-once: 2 of 1,571 orders were charged twice.",
        Results =
        [
            Passed("money-conserved", ResultKind.Check, "All 1,571 bookings add up to zero and every balance matches its ledger.", ("bookings", 1571)),
            Passed("no-oversell", ResultKind.Check, "No product was promised twice in 3,140 movements of stock.", ("movements", 3140)),
            ChargedTwice(),
            Passed("checkout availability during fault of at least 99 %", ResultKind.Expectation, "99.33 % of 600 arrivals were answered ok.", ("okRatio", 0.9933)),
            Passed("browse p99 during fault of at most 80 ms", ResultKind.Expectation, "The p99 of 3,000 arrivals was 18.2 ms.", ("p99Ms", 18.2)),
            new CheckResult
            {
                Name = "generator-kept-up",
                Kind = ResultKind.Validity,
                Verdict = Verdict.Unknown,
                Summary = "The generator started 1.2 % of the arrivals more than 10 ms late; up to 1 % would be believed.",
                Numbers = new Dictionary<string, double> { ["lateRatio"] = 0.012 },
            },
        ],
    };

    private static CheckResult Passed(string name, ResultKind kind, string summary, (string Name, double Value) number) => new()
    {
        Name = name, Kind = kind, Verdict = Verdict.Pass, Summary = summary,
        Numbers = new Dictionary<string, double> { [number.Name] = number.Value },
    };

    private static CheckResult ChargedTwice() => new()
    {
        Name = "effects-exactly-once",
        Kind = ResultKind.Check,
        Verdict = Verdict.Fail,
        Summary = "2 of 1,571 orders were charged twice.",
        Numbers = new Dictionary<string, double> { ["orders"] = 1571, ["chargedTwice"] = 2 },
        Witness = new Witness(
            ["Order o-00817 was placed once, at 29.41 s.", "Its account was charged 2,499 cents in booking 1604 and again in booking 1622."],
            [
                new Operation(12, "place-order", "o-00817", "sku-7 × 1", TimeSpan.FromSeconds(29.41), TimeSpan.FromSeconds(29.46), Outcome.Ok),
                new Operation(12, "read-order", "o-00817", "PENDING", TimeSpan.FromSeconds(29.52), TimeSpan.FromSeconds(29.53), Outcome.Ok),
                new Operation(31, "place-order", "o-00817", null, TimeSpan.FromSeconds(29.88), null, Outcome.Unknown),
                new Operation(12, "read-order", "o-00817", "CONFIRMED", TimeSpan.FromSeconds(30.61), TimeSpan.FromSeconds(30.62), Outcome.Ok),
            ]),
    };
}
