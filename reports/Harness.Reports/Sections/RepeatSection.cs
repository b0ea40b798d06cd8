using Harness.Records;
using Harness.Reports.Figures;
using Harness.Reports.Markup;

namespace Harness.Reports.Sections;

/// <summary>How to do it again.</summary>
internal static class RepeatSection
{
    public static Section Of(RunFacts facts) => new("repeat", "Repeat this run", Html.Of($"""
        <div class="code"><pre tabindex="0"><code>{Commands(facts.Description)}</code></pre><button type="button" class="copy" hidden>Copy</button></div>
        <p>The seed fixes the plan: arrivals, keys and faults. It does not fix the threads of the target, so numbers will differ by chance.</p>
        {FactList.Of([.. RunIdentity.Of(facts.Description).Where(i => i.Name != "command")])}
        {Source(facts.Description.Source)}
        """)) { Link = "Repeat" };

    private static string Commands(RunDescription run) =>
        run.Commit is null ? run.Command : $"git checkout {run.Commit}\n{run.Command}";

    private static Html Source(string? yaml) => yaml is null ? Html.Empty : Html.Of($"""
        <details><summary>The experiment as it was written</summary><pre tabindex="0"><code>{yaml}</code></pre></details>
        """);
}
