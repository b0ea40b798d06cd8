using System.Globalization;
using Harness.Records;

namespace Harness.Checks.Resilience;

/// <summary>Retries never multiplied the load of a callee that was ill: on every edge they stayed within what its budget had earned. Asked by
/// name, because it needs a system that counts its tries.</summary>
/// <remarks>The budget is that of the order system: a bucket of <see cref="SavedMax"/>, filled by <see cref="EarnedByCall"/> for each call and
/// by <see cref="EarnedBySecond"/> for each second, and full when a process starts. It is replayed second by second, O(n).</remarks>
public sealed class RetriesBoundedCheck : ICheck
{
    private const double SavedMax = 20;
    private const double EarnedByCall = 0.2;
    private const double EarnedBySecond = 1;

    // A sample may be a second or two older than its line says.
    private const double Slack = 5;

    public string Name => "retries-bounded";

    public string Question => "Did the retries on every edge stay within the budget of its calls?";

    public bool AskedByDefault => false;

    public CheckResult Judge(RunRecord record)
    {
        var findings = new Findings(record);
        IReadOnlyList<EdgeSeries> edges = EdgeSeries.Of(record.Series);
        double calls = 0, retries = 0;
        foreach (EdgeSeries edge in edges)
            Replay(edge, findings, ref calls, ref retries);

        return new CheckResult
        {
            Name = Name,
            Kind = ResultKind.Check,
            Verdict = findings.Count > 0 ? Verdict.Fail : calls == 0 ? Verdict.Unknown : Verdict.Pass,
            Summary = findings.Count > 0 ? $"{Plural.Of(findings.Count, "violation")}: {findings.First}"
                : calls == 0 ? "No service counted calls to another."
                : string.Create(CultureInfo.InvariantCulture, $"{retries} retries of {calls} calls stayed within the budget."),
            Numbers = new Dictionary<string, double> { ["calls"] = calls, ["retries"] = retries, ["violations"] = findings.Count },
            Witness = findings.Count > 0 ? findings.Witness() : null,
        };
    }

    private static void Replay(EdgeSeries edge, Findings findings, ref double calls, ref double retries)
    {
        double saved = SavedMax;
        EdgePoint before = default;
        foreach (EdgePoint now in edge.Points)
        {
            // A process that was started again counts from zero, and begins with a full bucket.
            bool isNew = now.Calls < before.Calls || now.Retries < before.Retries;
            (double newCalls, double newRetries) = isNew ? (now.Calls, now.Retries) : (now.Calls - before.Calls, now.Retries - before.Retries);
            double seconds = (now.At - before.At).TotalSeconds;
            double allowed = (isNew ? SavedMax : saved) + newCalls * EarnedByCall + seconds * EarnedBySecond;
            if (newRetries > allowed + Slack)
            {
                findings.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{edge.Service} tried calls of {edge.Edge} again {newRetries} times in the {seconds:0.#} s before {now.At.TotalSeconds:0.#} s, for {newCalls} calls; their budget was {allowed:0}."));
            }

            saved = Math.Clamp(allowed - newRetries, 0, SavedMax);
            (calls, retries, before) = (calls + newCalls, retries + newRetries, now);
        }
    }
}
