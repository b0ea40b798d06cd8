using System.Globalization;
using Harness.Records;
using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>The first screen: the verdict and why, what was believed, and what was run.</summary>
internal static class PageHeader
{
    private const string NothingProven = "Nothing was proven: ";

    public static Html Of(RunFacts facts) => Html.Of($"""
        <header class="{VerdictWord.Class(facts.Verdict.Verdict)}">
        <p class="eyebrow">{facts.Description.Experiment}</p>
        <h1>{VerdictWord.Badge(facts.Verdict.Verdict)}<span class="sentence">{Headline(facts.Verdict).Short}</span></h1>
        {(Headline(facts.Verdict).Why is { } why ? Html.Of($"""<p class="why">{why}</p>""") : Html.Empty)}
        {Tally(facts.Verdict.Results)}
        {Hypothesis(facts.Description.Hypothesis)}
        {RunFactsOf(facts)}
        </header>
        """);

    private static Html Tally(IReadOnlyList<CheckResult> results)
    {
        if (results.Count == 0)
            return Html.Empty;
        var counted = new[] { Verdict.Fail, Verdict.Unknown, Verdict.Pass }
            .Select(v => (Verdict: v, Count: results.Count(r => VerdictWord.For(r) == v)))
            .Where(t => t.Count > 0)
            .Select(t => Html.Of($"""<li class="{VerdictWord.Class(t.Verdict)}">{VerdictWord.Shape(t.Verdict)}{t.Count} {VerdictWord.Of(t.Verdict).ToLowerInvariant()}</li>"""));
        return Html.Of($"""<ul class="tally" aria-label="Results">{counted}</ul>""");
    }

    // A run that proves nothing says so in three words; why is for those who read on.
    private static (string Short, string? Why) Headline(RunVerdict verdict) =>
        Reason(verdict) is var reason && reason.StartsWith(NothingProven, StringComparison.Ordinal)
            ? (NothingProven[..^2], reason[NothingProven.Length..])
            : (reason, null);

    // The sentence begins with the word that the badge shows already.
    private static string Reason(RunVerdict verdict) =>
        verdict.Sentence.StartsWith($"{VerdictWord.Of(verdict.Verdict)}: ", StringComparison.Ordinal)
            ? verdict.Sentence[(VerdictWord.Of(verdict.Verdict).Length + 2)..]
            : verdict.Sentence;

    private static Html Hypothesis(string? hypothesis) => hypothesis is null
        ? Html.Empty
        : Html.Of($"""<div class="hypothesis"><h2>Hypothesis</h2><p>{hypothesis}</p></div>""");

    private static Html RunFactsOf(RunFacts facts)
    {
        RunDescription run = facts.Description;
        return FactList.Of(
            ("Started", Written.Utc(run.StartedAt)),
            ("Took", Written.Duration(facts.Length)),
            ("Load", string.Join(", ", run.Load.Select(l => LoadText(l)))),
            ("Environment", run.Environment),
            ("Target", string.Join(", ", run.Target.Select(t => $"{t.Key} {t.Value}"))),
            ("Seed", run.Seed.ToString(CultureInfo.InvariantCulture)),
            ("Commit", run.Commit is { Length: > 12 } commit ? commit[..12] : run.Commit ?? ""),
            ("Machine", Machine(run)));
    }

    private static string Machine(RunDescription run) =>
        $"{run.Machine.Processors} × {run.Machine.Architecture}, {Written.Bytes(run.Machine.MemoryBytes)}, {run.Machine.OperatingSystem}, {run.RuntimeVersion}";

    private static string LoadText(PlannedLoad load) => load switch
    {
        { Users: { } users } => $"{load.Scenario} {users} users",
        { RatePerSecond: 0 } => $"{load.Scenario} {load.Shape}",
        _ => $"{load.Scenario} {Written.Number(load.RatePerSecond)}/s {load.Shape}",
    };
}
